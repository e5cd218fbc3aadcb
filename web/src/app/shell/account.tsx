import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';

import { hintStore, sessionStore } from '@/shared/api/session';
import { buttonClass } from '@/shared/components/button-class';
import { Icon } from '@/shared/components/icon';
import { Skeleton } from '@/shared/components/skeleton';
import { useStore } from '@/shared/store';

// Not part of the first load: most visitors of the shop are not logged in.
const AccountMenu = lazy(async () => ({ default: (await import('@/app/shell/account-menu')).AccountMenu }));

/** Link to the login page, or the menu of the account. */
export function Account() {
  const session = useStore(sessionStore);
  const hint = useStore(hintStore);
  if (session === null && hint === null) {
    return (
      <Link to="/login" className={buttonClass('secondary', 'medium', 'ml-1 max-sm:px-3')}>
        Log in
      </Link>
    );
  }
  if (session === null) return <AccountSkeleton />;
  return (
    <Suspense fallback={<AccountSkeleton />}>
      <AccountMenu account={session.account} />
    </Suspense>
  );
}

/** Holds the place of the account until the session is restored. */
function AccountSkeleton() {
  return (
    <span className={buttonClass('quiet', 'medium', 'px-2.5')} aria-hidden="true">
      <Icon name="person" />
      <Skeleton className="hidden h-4 w-24 sm:block" />
    </span>
  );
}
