import { useQuery } from '@tanstack/react-query';

import { type Bucket, bucketName, bucketsOf, dayName, type Unit } from '@/features/analytics/buckets';
import type { Days } from '@/features/analytics/period';
import { latestPeriodQuery, salesByHourQuery } from '@/features/analytics/requests';
import { SalesChart } from '@/features/analytics/sales-chart';
import { Button } from '@/shared/components/button';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { formatMoney } from '@/shared/format/money';
import { addDays } from '@/shared/format/time';
import { humanize } from '@/shared/format/words';

interface SalesPanelProps {
  days: Days;
  onShowLatest: () => void;
}

/** Sales over time, as a chart and as a table. */
export function SalesPanel({ days, onShowLatest }: SalesPanelProps) {
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
  const { unit, buckets } = bucketsOf(sales.data, days);
  if (buckets.length === 0) return <NoSales days={days} onShowLatest={onShowLatest} />;
  return (
    <Sheet aria-label="Sales over time" className="p-4">
      <SalesChart buckets={buckets} unit={unit} />
      <details className="mt-4 border-t border-line pt-3">
        <summary className="min-h-6 font-medium">View as table</summary>
        <SalesTable buckets={buckets} unit={unit} />
      </details>
    </Sheet>
  );
}

/** Names the empty period and leads to the latest sales. */
function NoSales({ days, onShowLatest }: SalesPanelProps) {
  const latest = useQuery(latestPeriodQuery).data;
  const period = `${dayName(days.from)} to ${dayName(addDays(days.to, -1))}`;
  const isLatest = latest?.from === days.from && latest.to === days.to;
  if (latest == null || isLatest) {
    return (
      <EmptyState icon="clock" title={`No sales from ${period}`}>
        {latest === null ? 'Sales appear here after the first order.' : 'Choose a different period.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="clock"
      title={`No sales from ${period}`}
      action={
        <Button variant="secondary" onClick={onShowLatest}>
          Show latest sales
        </Button>
      }
    >
      The latest sales are from {dayName(latest.from)} to {dayName(addDays(latest.to, -1))}.
    </EmptyState>
  );
}

const cell = 'px-3 py-1 text-right';
const head = 'px-3 py-1 text-left whitespace-nowrap';

function SalesTable({ buckets, unit }: { buckets: Bucket[]; unit: Unit }) {
  return (
    <div className="mt-3 max-h-96 overflow-auto" tabIndex={0} role="region" aria-label="Sales table">
      <table className="w-full text-sm figures">
        <caption className="sr-only">Sales by {unit}, UTC</caption>
        <thead className="sticky top-0 bg-sheet text-ink-soft">
          <tr>
            {[humanize(unit), 'Orders', 'Items', 'Gross', 'Refunded'].map((name, index) => (
              <th key={name} scope="col" className={`${index === 0 ? head : cell} font-medium`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {buckets.map((bucket) => (
            <tr key={bucket.start}>
              <th scope="row" className={`${head} font-normal`}>
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
  );
}
