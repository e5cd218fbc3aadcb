import { Link } from '@tanstack/react-router';

import { Account } from '@/app/shell/account';
import { MainNav } from '@/app/shell/main-nav';
import { ThemeButton } from '@/app/shell/theme-button';
import { cartStore, unitsIn } from '@/shared/cart/cart';
import { Barcode } from '@/shared/components/barcode';
import { buttonClass } from '@/shared/components/button-class';
import { Icon } from '@/shared/components/icon';
import { counted } from '@/shared/format/words';
import { useStore } from '@/shared/store';

export function Header() {
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
        <MainNav />
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
