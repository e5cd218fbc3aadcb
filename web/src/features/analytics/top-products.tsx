import { useQuery } from '@tanstack/react-query';

import type { Moment } from '@/features/analytics/moment';
import type { Days } from '@/features/analytics/period';
import { type Currency, topProductsQuery } from '@/features/analytics/requests';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { formatMoney } from '@/shared/format/money';
import { titleCase } from '@/shared/format/words';
import { ProductPicture } from '@/shared/picture/product-picture';

interface TopProductsProps {
  days: Days;
  currency: Currency;
  moment: Moment;
}

/** Products with the highest net sales, and the rest, so that all add up to the totals of the period. */
export function TopProducts({ days, currency, moment }: TopProductsProps) {
  const top = useQuery(topProductsQuery(days, currency, moment));
  if (top.isPending) {
    return (
      <>
        <Loading label="Loading top products" />
        <Skeleton className="h-96 rounded-lg" />
      </>
    );
  }
  if (top.data === undefined) {
    return (
      <ErrorState error={top.error} onRetry={() => void top.refetch()} title="Couldn't load top products" />
    );
  }
  const { items, rest } = top.data;
  const most = Math.max(1, ...items.map((product) => product.amounts.net.minor));
  return (
    <Sheet aria-labelledby="top-heading" className="p-4">
      <h2 id="top-heading" className="font-semibold">
        Top products
      </h2>
      <p className="text-sm text-ink-soft">Net sales in {currency}</p>
      {items.length === 0 && <p className="mt-2 text-ink-soft">No sales in this period</p>}
      <ol className="mt-3 flex flex-col gap-3">
        {items.map((product) => (
          <li key={product.sku} className="grid grid-cols-[2.5rem_1fr_auto] items-center gap-x-3">
            <ProductPicture
              sku={product.sku}
              name={product.name}
              className="row-span-2 w-full rounded-sm border border-line"
            />
            <span className="truncate text-sm font-medium">{titleCase(product.name)}</span>
            <span className="text-right text-sm font-semibold figures">
              {formatMoney(product.amounts.net)}
            </span>
            <span aria-hidden="true" className="block h-1.5 overflow-hidden rounded-full bg-well">
              <span
                className="block h-full bg-signal"
                style={{ width: `${(Math.max(0, product.amounts.net.minor) / most) * 100}%` }}
              />
            </span>
            <span className="text-right text-sm text-ink-soft figures">
              {product.units.toLocaleString('en-GB')} sold
            </span>
          </li>
        ))}
      </ol>
      {Object.values(rest.amounts).some((amount) => amount.minor !== 0) && (
        <p className="mt-3 flex justify-between gap-3 border-t border-line pt-3 text-sm">
          <span className="text-ink-soft">Other products, shipping, tax and discounts</span>
          <span className="font-semibold figures">{formatMoney(rest.amounts.net)}</span>
        </p>
      )}
    </Sheet>
  );
}
