import { Link } from '@tanstack/react-router';

import { AccountMenu } from '@/app/shell/account-menu';
import { ThemeButton } from '@/app/shell/theme-button';
import { hasRole, type Session, sessionStore } from '@/shared/api/session';
import { cartStore, unitsIn } from '@/shared/cart/cart';
import { cn } from '@/shared/cn';
import { Barcode } from '@/shared/components/barcode';
import { buttonClass } from '@/shared/components/button-class';
import { Icon } from '@/shared/components/icon';
import { useStore } from '@/shared/store';

interface Place {
  to: '/' | '/orders' | '/courier' | '/admin' | '/seller' | '/analytics';
  label: string;
}

/** Where this person goes. */
function placesFor(session: Session | null): Place[] {
  const places: Place[] = [{ to: '/', label: 'Shop' }];
  if (hasRole(session, 'customer')) places.push({ to: '/orders', label: 'My orders' });
  if (hasRole(session, 'courier')) places.push({ to: '/courier', label: 'Deliveries' });
  if (hasRole(session, 'admin')) places.push({ to: '/admin', label: 'Live board' });
  if (hasRole(session, 'seller')) places.push({ to: '/seller', label: 'Seller desk' });
  if (hasRole(session, 'analyst', 'admin')) places.push({ to: '/analytics', label: 'Numbers' });
  return places;
}

const placeClass =
  'flex min-h-11 items-center border-b-[3px] border-transparent px-1 font-medium whitespace-nowrap text-ink-soft hover:text-ink data-[status=active]:border-signal data-[status=active]:text-ink focus-visible:-outline-offset-2';

export function Header() {
  const session = useStore(sessionStore);
  const places = placesFor(session);
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
          <AccountMenu session={session} />
        </div>
        <nav
          aria-label="Main"
          className={cn(
            '-mb-0.5 flex w-full gap-5 overflow-x-auto sm:order-2 sm:w-auto',
            places.length === 1 && 'hidden sm:flex',
          )}
        >
          {places.map((place) => (
            <Link
              key={place.to}
              to={place.to}
              activeOptions={{ exact: place.to === '/', includeSearch: false }}
              className={placeClass}
            >
              {place.label}
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
      aria-label={units === 0 ? 'Cart, empty' : `Cart, ${units} units`}
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
