import { Menu } from '@base-ui/react/menu';
import { useNavigate } from '@tanstack/react-router';

import { logOut } from '@/shared/api/log-out';
import type { Session } from '@/shared/api/session';
import { buttonClass } from '@/shared/components/button-class';
import { Icon } from '@/shared/components/icon';
import { humanize } from '@/shared/format/words';

export function AccountMenu({ account }: Pick<Session, 'account'>) {
  const navigate = useNavigate();
  const leave = async () => {
    await navigate({ to: '/' });
    await logOut();
  };
  return (
    <Menu.Root>
      <Menu.Trigger
        className={buttonClass('quiet', 'medium', 'px-2.5')}
        aria-label={`Account: ${account.name}`}
      >
        <Icon name="person" />
        <span className="hidden max-w-32 truncate sm:inline">{account.name}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={6} className="z-50">
          <Menu.Popup className="min-w-56 rounded-md border border-line-strong bg-sheet py-1 shadow-float">
            <div className="border-b border-line px-4 py-2">
              <p className="font-semibold">{account.name}</p>
              <p className="text-sm text-ink-soft">{account.email}</p>
              <p className="text-sm text-ink-soft">{account.roles.map(humanize).join(', ')}</p>
            </div>
            <Menu.Item
              className="flex min-h-10 cursor-pointer items-center px-4 data-highlighted:bg-well"
              onClick={() => void navigate({ to: '/account' })}
            >
              Your account
            </Menu.Item>
            <Menu.Item
              className="flex min-h-10 cursor-pointer items-center px-4 data-highlighted:bg-well"
              onClick={() => void leave()}
            >
              Log out
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
