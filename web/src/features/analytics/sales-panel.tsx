import { useQuery } from '@tanstack/react-query';

import { bucketsOf } from '@/features/analytics/buckets';
import { type Days, salesByHourQuery } from '@/features/analytics/requests';
import { bucketName, SalesChart } from '@/features/analytics/sales-chart';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { formatMoney } from '@/shared/format/money';

const cell = 'px-3 py-1 text-right';

/** Sales over time, as a chart and as a table. */
export function SalesPanel({ days }: { days: Days }) {
  const sales = useQuery(salesByHourQuery(days));
  if (sales.isPending) {
    return (
      <>
        <Loading label="Loading sales" />
        <Skeleton className="h-96 rounded-lg" />
      </>
    );
  }
  if (sales.data === undefined) {
    return (
      <ErrorState error={sales.error} onRetry={() => void sales.refetch()} title="Couldn't load sales" />
    );
  }
  const { unit, buckets } = bucketsOf(sales.data);
  if (buckets.length === 0) {
    return (
      <EmptyState icon="clock" title="No sales in this period">
        Choose a different period.
      </EmptyState>
    );
  }
  return (
    <Sheet aria-label="Sales over time" className="p-4">
      <SalesChart buckets={buckets} unit={unit} />
      <details className="mt-4 border-t border-line pt-3">
        <summary className="min-h-6 font-medium">View as table</summary>
        <div className="mt-3 max-h-96 overflow-auto" tabIndex={0} role="region" aria-label="Sales table">
          <table className="w-full text-sm figures">
            <caption className="sr-only">Sales by {unit}, UTC</caption>
            <thead className="sticky top-0 bg-sheet text-ink-soft">
              <tr>
                {[unit === 'day' ? 'Day' : 'Hour', 'Orders', 'Units', 'Gross', 'Refunded'].map(
                  (name, index) => (
                    <th
                      key={name}
                      scope="col"
                      className={index === 0 ? 'px-3 py-1 text-left font-medium' : `${cell} font-medium`}
                    >
                      {name}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {buckets.map((bucket) => (
                <tr key={bucket.start}>
                  <th scope="row" className="px-3 py-1 text-left font-normal">
                    {bucketName(bucket, unit)}
                  </th>
                  <td className={cell}>{bucket.orders}</td>
                  <td className={cell}>{bucket.units.toLocaleString('en-GB')}</td>
                  <td className={cell}>{formatMoney({ minor: bucket.gross_minor, currency: 'GBP' })}</td>
                  <td className={cell}>{formatMoney({ minor: bucket.refunded_minor, currency: 'GBP' })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Sheet>
  );
}
