import { useQuery } from '@tanstack/react-query';

import type { Days } from '@/features/analytics/period';
import { summaryQuery } from '@/features/analytics/requests';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { formatMoney, formatMoneyRounded } from '@/shared/format/money';

/** Totals for the period. */
export function SummaryCells({ days }: { days: Days }) {
  const { data, error, isPending, refetch } = useQuery(summaryQuery(days));
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} title="Couldn't load totals" />;
  }
  const average = data === undefined || data.orders === 0 ? 0 : Math.round(data.gross_minor / data.orders);
  const cells = [
    { caption: 'Gross sales', value: formatMoneyRounded(data?.gross_minor ?? 0) },
    { caption: 'Refunded', value: formatMoneyRounded(data?.refunded_minor ?? 0) },
    { caption: 'Orders', value: (data?.orders ?? 0).toLocaleString('en-GB') },
    { caption: 'Items sold', value: (data?.units ?? 0).toLocaleString('en-GB') },
    { caption: 'Customers', value: (data?.customers ?? 0).toLocaleString('en-GB') },
    { caption: 'Average order', value: formatMoney({ minor: average, currency: 'GBP' }) },
  ];
  return (
    <>
      {isPending && <Loading label="Loading totals" />}
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border-2 border-ink bg-line md:grid-cols-3 xl:grid-cols-6">
        {cells.map(({ caption, value }) => (
          <div key={caption} className="bg-sheet px-4 py-3">
            <dt className="caption">{caption}</dt>
            <dd className="text-xl font-bold figures">
              {isPending ? <Skeleton className="mt-1 h-7 w-24" /> : value}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
