import { Link } from '@tanstack/react-router';

import { CartRow } from '@/features/cart/cart-row';
import { cartStore } from '@/shared/cart/cart';
import { buttonClass } from '@/shared/components/button-class';
import { PageHead } from '@/shared/components/page-head';
import { CostRow } from '@/shared/components/price';
import { Label, Sheet } from '@/shared/components/sheet';
import { EmptyState } from '@/shared/components/states';
import { multiply, sum } from '@/shared/format/money';
import { useStore } from '@/shared/store';

export function CartScreen() {
  const { lines } = useStore(cartStore);
  const subtotal = sum(lines.map((line) => multiply(line.price, line.quantity)));
  if (subtotal === null) {
    return (
      <>
        <PageHead title="Your cart" />
        <EmptyState
          icon="cart"
          title="Your cart is empty"
          action={
            <Link to="/" className={buttonClass('primary')}>
              Go to shop
            </Link>
          }
        >
          Items you add stay here, even if you close the browser.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHead title="Your cart" />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem] lg:gap-8">
        <Sheet aria-label="Products in the cart">
          <ul className="divide-y divide-line">
            {lines.map((line) => (
              <CartRow key={line.sku} line={line} />
            ))}
          </ul>
        </Sheet>
        <Label className="flex flex-col gap-4 p-5">
          <dl>
            <CostRow label="Subtotal" money={subtotal} />
          </dl>
          <p className="text-ink-soft">Delivery and tax are added before you pay.</p>
          <Link to="/checkout" className={buttonClass('primary', 'large')}>
            Check out
          </Link>
          <Link to="/" className={buttonClass('quiet')}>
            Continue shopping
          </Link>
        </Label>
      </div>
    </>
  );
}
