import { Link } from '@tanstack/react-router';

import type { Schema } from '@/shared/api/client';
import { type CartLine, changeLine, quantityLimit, removeLine } from '@/shared/cart/cart';
import { Button } from '@/shared/components/button';
import { Price } from '@/shared/components/price';
import { QuantityField } from '@/shared/components/quantity-field';
import { Notice } from '@/shared/components/states';
import { focusHeading } from '@/shared/focus';
import { formatMoney, multiply } from '@/shared/format/money';
import { titleCase } from '@/shared/format/words';
import { useLiveProduct } from '@/shared/order/use-live-product';
import { ProductPicture } from '@/shared/picture/product-picture';

/** Cart line with live price and stock. */
export function CartRow({ line }: { line: CartLine }) {
  const { sku, name, category, quantity } = line;
  const product = useLiveProduct(sku).data;
  const limit = product === undefined ? quantity : quantityLimit(product.available);
  return (
    <li className="grid grid-cols-[5rem_1fr] gap-x-4 gap-y-2 p-4 sm:grid-cols-[6rem_1fr_auto]">
      <ProductPicture
        sku={sku}
        name={name}
        category={category}
        className="row-span-2 w-full rounded-md border border-line"
      />
      <div className="flex flex-col gap-1">
        <Link to="/products/$sku" params={{ sku }} className="font-medium underline-offset-2 hover:underline">
          {titleCase(name)}
        </Link>
        <p className="text-ink-soft">
          <Price money={line.price} /> each
        </p>
        {product !== undefined && <Warnings line={line} product={product} limit={limit} />}
      </div>
      <div className="col-start-2 flex flex-wrap items-center gap-3 sm:col-start-3 sm:row-span-2 sm:flex-col sm:items-end">
        <Price
          money={multiply(line.price, quantity)}
          className="order-last ml-auto text-lg font-semibold sm:order-first"
        />
        <QuantityField
          label={`Quantity of ${titleCase(name)}`}
          value={quantity}
          max={Math.max(limit, quantity)}
          onChange={(next) => changeLine(sku, { quantity: next })}
        />
        <Button
          variant="quiet"
          size="small"
          onClick={(event) => {
            focusNeighbour(event.currentTarget);
            removeLine(sku);
          }}
          aria-label={`Remove ${titleCase(name)}`}
        >
          Remove
        </Button>
      </div>
    </li>
  );
}

/** Moves the focus from a row that is about to be removed to the next one, or to the heading after the last. */
function focusNeighbour(button: HTMLElement): void {
  const row = button.closest('li');
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  const link = neighbour?.querySelector('a');
  if (link == null) focusHeading();
  else link.focus();
}

/** Warns about price and stock changes since the product was added. */
function Warnings({ line, product, limit }: { line: CartLine; product: Schema<'Product'>; limit: number }) {
  if (product.status !== 'listed')
    return <Notice tone="bad">No longer available. Remove it to continue.</Notice>;
  if (limit === 0) return <Notice tone="bad">Sold out. Remove it to continue.</Notice>;
  return (
    <>
      {line.quantity > limit && (
        <Notice tone="wait">
          Only {limit} left.{' '}
          <button
            type="button"
            className="font-semibold underline"
            onClick={() => changeLine(line.sku, { quantity: limit })}
          >
            Change to {limit}
          </button>
        </Notice>
      )}
      {product.price.minor !== line.price.minor && (
        <Notice tone="wait">
          The price is now {formatMoney(product.price)}.{' '}
          <button
            type="button"
            className="font-semibold underline"
            onClick={() => changeLine(line.sku, { price: product.price })}
          >
            Accept new price
          </button>
        </Notice>
      )}
    </>
  );
}
