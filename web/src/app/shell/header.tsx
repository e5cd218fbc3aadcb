import { Link } from '@tanstack/react-router';

import { Account } from '@/app/shell/account';
import { ThemeButton } from '@/app/shell/theme-button';
import { hasRole, hintStore, type Role } from '@/shared/api/session';
import { cartStore, unitsIn } from '@/shared/cart/cart';
import { cn } from '@/shared/cn';
import { Barcode } from '@/shared/components/barcode';
import { buttonClass } from '@/shared/components/button-class';
import { Icon } from '@/shared/components/icon';
import { counted } from '@/shared/format/words';
import { useStore } from '@/shared/store';

interface NavLink {
  to:
    | '/'
    | '/orders'
    | '/courier'
    | '/admin'
    | '/events'
    | '/dead-letters'
    | '/replays'
    | '/system'
    | '/seller'
    | '/analytics';
  label: string;
}

/** Navigation links for these roles. */
function linksFor(roles: Role[]): NavLink[] {
  const session = { account: { roles } };
  const links: NavLink[] = [{ to: '/', label: 'Shop' }];
  if (hasRole(session, 'customer')) links.push({ to: '/orders', label: 'My orders' });
  if (hasRole(session, 'courier')) links.push({ to: '/courier', label: 'Deliveries' });
  if (hasRole(session, 'admin')) links.push({ to: '/admin', label: 'Live board' });
  if (hasRole(session, 'admin')) {
    links.push(
      { to: '/events', label: 'Events' },
      { to: '/dead-letters', label: 'Dead letters' },
      { to: '/replays', label: 'Replays' },
      { to: '/system', label: 'System' },
    );
  }
  if (hasRole(session, 'seller')) links.push({ to: '/seller', label: 'My products' });
  if (hasRole(session, 'analyst', 'admin')) links.push({ to: '/analytics', label: 'Analytics' });
  return links;
}

const linkClass =
  'flex min-h-11 items-center border-b-[3px] border-transparent px-1 font-medium whitespace-nowrap text-ink-soft hover:text-ink data-[status=active]:border-signal data-[status=active]:text-ink focus-visible:-outline-offset-2';

export function Header() {
  // The roles are known before the session is restored, so that the links do not jump.
  const links = linksFor(useStore(hintStore)?.roles ?? []);
  return (
    <header className="border-b-2 border-ink bg-sheet">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-3 px-4 sm:gap-x-6 sm:px-6">
        <Link to="/" className="flex min-h-14 items-center gap-2.5 text-lg font-extrabold tracking-tight">
          <Barcode text="WAYBILL" className="h-6 w-9 text-signal" />
          Waybill
        </Link>
        <div className="ml-auto flex items-center sm:order-3 sm:gap-1">
          <ThemeButton />
          <CartLink />
          <Account />
        </div>
        <nav
          aria-label="Main"
          className={cn(
            '-mb-0.5 flex w-full gap-5 overflow-x-auto sm:order-2 sm:w-auto',
            links.length === 1 && 'hidden sm:flex',
          )}
        >
          {links.map((link) => (
            <Link
              key={link.to}
              to={link.to}
              activeOptions={{ exact: link.to === '/', includeSearch: false }}
              className={linkClass}
            >
              {link.label}
            </Link>
          ))}
        </nav>
      </div>
    </header>
  );
}

function CartLink() {
  const units = unitsIn(useStore(cartStore));
  return (
    <Link
      to="/cart"
      className={buttonClass('quiet', 'medium', 'px-2.5')}
      aria-label={units === 0 ? 'Cart, empty' : `Cart, ${counted(units, 'item')}`}
    >
      <Icon name="cart" />
      {units > 0 && (
        <span className="min-w-5 rounded-full bg-signal px-1.5 text-center text-sm leading-5 text-on-signal figures">
          {units}
        </span>
      )}
    </Link>
  );
}
