import { useQuery } from '@tanstack/react-query';

import type { Days } from '@/features/analytics/period';
import { topProductsQuery } from '@/features/analytics/requests';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { formatMoneyRounded } from '@/shared/format/money';
import { counted, titleCase } from '@/shared/format/words';
import { ProductPicture } from '@/shared/picture/product-picture';

/** Best-selling products by gross sales. */
export function TopProducts({ days }: { days: Days }) {
  const top = useQuery(topProductsQuery(days));
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
  const most = Math.max(1, ...top.data.map((product) => product.gross_minor));
  return (
    <Sheet aria-labelledby="top-heading" className="p-4">
      <h2 id="top-heading" className="font-semibold">
        Top products
      </h2>
      {top.data.length === 0 && <p className="mt-2 text-ink-soft">No sales in this period</p>}
      <ol className="mt-3 flex flex-col gap-3">
        {top.data.map((product) => (
          <li key={product.sku} className="grid grid-cols-[2.5rem_1fr_auto] items-center gap-x-3">
            <ProductPicture
              sku={product.sku}
              name={product.name}
              className="row-span-2 w-full rounded-sm border border-line"
            />
            <span className="truncate text-sm font-medium">{titleCase(product.name)}</span>
            <span className="text-right text-sm font-semibold figures">
              {formatMoneyRounded(product.gross_minor)}
            </span>
            <span aria-hidden="true" className="block h-1.5 overflow-hidden rounded-full bg-well">
              <span
                className="block h-full bg-signal"
                style={{ width: `${(product.gross_minor / most) * 100}%` }}
              />
            </span>
            <span className="text-right text-sm text-ink-soft figures">{counted(product.units, 'item')}</span>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}
