import { Link } from '@tanstack/react-router';

import type { Schema } from '@/shared/api/client';
import { Glow } from '@/shared/components/glow';
import { CostRow, Price } from '@/shared/components/price';
import { Sheet } from '@/shared/components/sheet';
import { titleCase } from '@/shared/format/words';
import { ProductPicture } from '@/shared/picture/product-picture';

interface OrderLinesProps {
  order: Schema<'Order'>;
  /** Whether to show the costs. Before payment the payment panel shows them. */
  hasCosts: boolean;
}

/** Ordered items and their prices. */
export function OrderLines({ order, hasCosts }: OrderLinesProps) {
  return (
    <Sheet aria-label="Items" className="p-5">
      <ul className="flex flex-col gap-3">
        {order.lines.map((line) => (
          <li key={line.line_number} className="flex items-center gap-3">
            <ProductPicture
              sku={line.sku}
              name={line.name}
              className="size-14 shrink-0 rounded-sm border border-line"
            />
            <div className="min-w-0 grow">
              <Link
                to="/products/$sku"
                params={{ sku: line.sku }}
                className="font-medium underline-offset-2 hover:underline"
              >
                {titleCase(line.name)}
              </Link>
              <Glow
                when={`${line.quantity} ${line.returned_quantity}`}
                className="rounded-sm text-sm text-ink-soft figures"
              >
                {line.quantity} × <Price money={line.unit_price} />
                {line.returned_quantity > 0 && `, ${line.returned_quantity} returned`}
              </Glow>
            </div>
            <Price money={line.line_total} />
          </li>
        ))}
      </ul>
      {hasCosts && (
        <div className="mt-4 border-t border-line pt-4">
          <Costs totals={order.totals} />
        </div>
      )}
    </Sheet>
  );
}

/** Breakdown of the total. */
export function Costs({ totals }: { totals: Schema<'Totals'> }) {
  return (
    <dl className="flex flex-col gap-1">
      <CostRow label="Subtotal" money={totals.subtotal} />
      {totals.discount.minor !== 0 && (
        <CostRow label="Discount" money={{ ...totals.discount, minor: -totals.discount.minor }} />
      )}
      <CostRow label="Delivery" money={totals.shipping} />
      <CostRow label="Tax" money={totals.tax} />
      <CostRow label="Total" money={totals.total} isTotal />
    </dl>
  );
}
