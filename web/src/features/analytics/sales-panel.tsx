import { useQuery } from '@tanstack/react-query';

import { type Bucket, bucketName, bucketsOf, dayName, type Granularity } from '@/features/analytics/buckets';
import type { Moment } from '@/features/analytics/moment';
import type { Days } from '@/features/analytics/period';
import { type Currency, salesQuery } from '@/features/analytics/requests';
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
  currency: Currency;
  moment: Moment;
  /** The default period, which ends with the latest sale. */
  latest: Days;
  onShowLatest: () => void;
}

/** Sales over time, as a chart and as a table. */
export function SalesPanel({ days, currency, moment, latest, onShowLatest }: SalesPanelProps) {
  const sales = useQuery(salesQuery(days, currency, moment));
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
  const unit = sales.data.granularity;
  const buckets = bucketsOf(sales.data, days, currency);
  if (buckets.length === 0) return <NoSales {...{ days, currency, latest, onShowLatest }} />;
  return (
    <Sheet aria-label="Sales over time" className="p-4">
      <SalesChart buckets={buckets} unit={unit} currency={currency} />
      <details className="mt-4 border-t border-line pt-3">
        <summary className="min-h-6 font-medium">View as table</summary>
        <SalesTable buckets={buckets} unit={unit} />
      </details>
    </Sheet>
  );
}

/** Names the empty period and leads to the latest sales. */
function NoSales({ days, currency, latest, onShowLatest }: Omit<SalesPanelProps, 'moment'>) {
  const title = `No sales in ${currency} from ${dayName(days.from)} to ${dayName(addDays(days.to, -1))}`;
  if (latest.from === days.from && latest.to === days.to) {
    return (
      <EmptyState icon="clock" title={title}>
        Choose a different period.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="clock"
      title={title}
      action={
        <Button variant="secondary" onClick={onShowLatest}>
          Show latest sales
        </Button>
      }
    >
      The latest sales in {currency} are from {dayName(latest.from)} to {dayName(addDays(latest.to, -1))}.
    </EmptyState>
  );
}

const COLUMNS = ['Orders', 'Items', 'Gross', 'Cancelled', 'Refunded', 'Net', 'Captured'];
const cell = 'px-3 py-1 text-right';
const head = 'px-3 py-1 text-left whitespace-nowrap';

function SalesTable({ buckets, unit }: { buckets: Bucket[]; unit: Granularity }) {
  return (
    <div className="mt-3 max-h-96 overflow-auto" tabIndex={0} role="region" aria-label="Sales table">
      <table className="w-full text-sm figures">
        <caption className="sr-only">Sales by {unit}, UTC</caption>
        <thead className="sticky top-0 bg-sheet text-ink-soft">
          <tr>
            {[humanize(unit), ...COLUMNS].map((name, index) => (
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
              <td className={cell}>{bucket.orders.toLocaleString('en-GB')}</td>
              <td className={cell}>{bucket.units.toLocaleString('en-GB')}</td>
              <td className={cell}>{formatMoney(bucket.amounts.gross)}</td>
              <td className={cell}>{formatMoney(bucket.amounts.cancelled)}</td>
              <td className={cell}>{formatMoney(bucket.amounts.refunded)}</td>
              <td className={cell}>{formatMoney(bucket.amounts.net)}</td>
              <td className={cell}>{formatMoney(bucket.captured)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
