import type { CartLine } from '@/shared/cart/cart';
import { CostRow, Price } from '@/shared/components/price';
import { Sheet } from '@/shared/components/sheet';
import { multiply, sum } from '@/shared/format/money';
import { titleCase } from '@/shared/format/words';
import { ProductPicture } from '@/shared/picture/product-picture';

/** Items and subtotal of the order being placed. */
export function OrderSummary({ lines }: { lines: CartLine[] }) {
  const subtotal = sum(lines.map((line) => multiply(line.price, line.quantity)));
  return (
    <Sheet aria-label="Your order" className="p-4">
      <ul className="flex max-h-80 flex-col gap-3 overflow-y-auto" tabIndex={0} aria-label="Products">
        {lines.map((line) => (
          <li key={line.sku} className="flex items-center gap-3">
            <ProductPicture
              sku={line.sku}
              name={line.name}
              category={line.category}
              className="size-12 shrink-0 rounded-sm border border-line"
            />
            <span className="min-w-0 grow text-sm">
              <span className="font-semibold figures">{line.quantity} × </span>
              {titleCase(line.name)}
            </span>
            <Price money={multiply(line.price, line.quantity)} />
          </li>
        ))}
      </ul>
      {subtotal !== null && (
        <dl className="mt-3 border-t border-line pt-3">
          <CostRow label="Subtotal" money={subtotal} />
        </dl>
      )}
    </Sheet>
  );
}
