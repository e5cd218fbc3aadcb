import { useQuery } from '@tanstack/react-query';

import type { Moment } from '@/features/analytics/moment';
import type { Days } from '@/features/analytics/period';
import { type Currency, summaryQuery } from '@/features/analytics/requests';
import type { Schema } from '@/shared/api/client';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { formatMoney } from '@/shared/format/money';
import { counted } from '@/shared/format/words';

type Summary = Schema<'SalesSummary'>;

interface SummaryCellsProps {
  days: Days;
  currency: Currency;
  moment: Moment;
}

/** Totals for the period in one currency. */
export function SummaryCells({ days, currency, moment }: SummaryCellsProps) {
  const { data, error, isPending, refetch } = useQuery(summaryQuery(days, moment));
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} title="Couldn't load totals" />;
  }
  const cells = cellsOf(data?.find((summary) => summary.currency === currency) ?? emptySummary(currency));
  return (
    <>
      {isPending && <Loading label="Loading totals" />}
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border-2 border-ink bg-line md:grid-cols-4">
        {cells.map(({ caption, value, note }) => (
          <div key={caption} className="bg-sheet px-4 py-3">
            <dt className="caption">{caption}</dt>
            <dd className="figures">
              <span className="block text-lg font-bold wrap-anywhere xl:text-xl">
                {isPending ? <Skeleton className="mt-1 h-7 w-24" /> : value}
              </span>
              <span className="block min-h-5 text-sm text-ink-soft">{!isPending && note}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function emptySummary(currency: Currency): Summary {
  const zero = { minor: 0, currency };
  const amounts = { gross: zero, cancelled: zero, refunded: zero, net: zero };
  const none = { customers: 0, orders: 0, amounts };
  return {
    currency,
    orders: 0,
    cancelled_orders: 0,
    units: 0,
    amounts,
    captured: zero,
    accounts: none,
    guests: none,
  };
}

/** The totals as `docs/analytics.md` defines them. */
function cellsOf(summary: Summary): { caption: string; value: string; note: string }[] {
  const { amounts, orders, accounts, guests, currency } = summary;
  const average = orders === 0 ? 0 : Math.round(amounts.gross.minor / orders);
  return [
    { caption: 'Gross sales', value: formatMoney(amounts.gross), note: 'Orders with authorised payment' },
    {
      caption: 'Cancelled',
      value: formatMoney(amounts.cancelled),
      note: `${counted(summary.cancelled_orders, 'order')} before capture`,
    },
    { caption: 'Refunded', value: formatMoney(amounts.refunded), note: 'Paid back' },
    { caption: 'Net sales', value: formatMoney(amounts.net), note: 'Gross − cancelled − refunded' },
    { caption: 'Captured', value: formatMoney(summary.captured), note: 'Payments collected' },
    { caption: 'Orders', value: orders.toLocaleString('en-GB'), note: counted(summary.units, 'item') },
    {
      caption: 'Customers',
      value: (accounts.customers + guests.customers).toLocaleString('en-GB'),
      note: `${counted(accounts.customers, 'account')}, ${counted(guests.customers, 'guest order')}`,
    },
    { caption: 'Average order', value: formatMoney({ minor: average, currency }), note: 'Gross ÷ orders' },
  ];
}
