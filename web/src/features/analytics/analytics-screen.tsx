import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';

import { AsOfField, PastBanner } from '@/features/analytics/as-of';
import { DayPicker } from '@/features/analytics/day-picker';
import { type Moment, momentOf } from '@/features/analytics/moment';
import { checkPeriod, type Days, latestPeriod } from '@/features/analytics/period';
import { currenciesQuery } from '@/features/analytics/requests';
import { SalesPanel } from '@/features/analytics/sales-panel';
import type { AnalyticsSearch } from '@/features/analytics/search';
import { SummaryCells } from '@/features/analytics/summary-cells';
import { TopProducts } from '@/features/analytics/top-products';
import type { Schema } from '@/shared/api/client';
import { Button } from '@/shared/components/button';
import { PageHead } from '@/shared/components/page-head';
import { Segments } from '@/shared/components/segments';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { addDays } from '@/shared/format/time';

type SalesCurrency = Schema<'SalesCurrency'>;

const route = getRouteApi('/analytics');

/** The currency asked for if it has sales, or the one with most orders. */
function choose(currencies: SalesCurrency[] | undefined, { currency }: AnalyticsSearch) {
  return currencies?.find((each) => each.currency === currency) ?? currencies?.[0];
}

/** The period asked for, or the default period of the currency. */
function chosenDays({ from, to }: AnalyticsSearch, shown: SalesCurrency | undefined): Days | undefined {
  if (from !== undefined && to !== undefined) return { from, to };
  return shown && latestPeriod(shown.latest_day);
}

export function AnalyticsScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const moment = momentOf(search);
  const currencies = useQuery(currenciesQuery(moment));
  const items = currencies.data?.items;
  const shown = choose(items, search);
  const days = chosenDays(search, shown);
  const show = (next: AnalyticsSearch) => void navigate({ search: next, replace: true });
  const showPeriod = (period: AnalyticsSearch) => show({ currency: search.currency, ...moment, ...period });
  // The period on screen stays, so that its figures can be compared.
  const showMoment = (next: Moment) => show({ currency: search.currency, ...days, ...next });
  return (
    <>
      <PageHead title="Analytics">
        {shown !== undefined && items !== undefined && items.length > 1 && (
          <Segments
            label="Currency"
            options={items.map(({ currency }) => ({ value: currency, label: currency }))}
            value={shown.currency}
            onChange={(currency) => show({ ...search, currency })}
          />
        )}
      </PageHead>
      <PastBanner moment={moment} asOf={currencies.data?.as_of} onChange={showMoment} />
      <DayPicker search={search} days={days} firstDay={shown?.first_day} onChange={showPeriod} />
      <AsOfField moment={moment} onChange={showMoment} />
      {shown !== undefined && days !== undefined ? (
        <Report days={days} shown={shown} moment={moment} onShowLatest={() => showPeriod({})} />
      ) : currencies.isPending ? (
        <>
          <Loading label="Loading analytics" />
          <Skeleton className="h-96 rounded-lg" />
        </>
      ) : currencies.isError ? (
        <ErrorState
          error={currencies.error}
          onRetry={() => void currencies.refetch()}
          title="Couldn't load analytics"
        />
      ) : (
        <EmptyState icon="clock" title="No sales yet">
          Sales appear here after the first order.
        </EmptyState>
      )}
    </>
  );
}

interface ReportProps {
  days: Days;
  shown: SalesCurrency;
  moment: Moment;
  onShowLatest: () => void;
}

function Report({ days, shown, moment, onShowLatest }: ReportProps) {
  const { currency } = shown;
  const errors = checkPeriod(days.from, addDays(days.to, -1));
  const error = errors.first ?? errors.last;
  if (error !== undefined) {
    return (
      <EmptyState
        icon="clock"
        title="Can't show this period"
        action={
          <Button variant="secondary" onClick={onShowLatest}>
            Show latest sales
          </Button>
        }
      >
        {error}.
      </EmptyState>
    );
  }
  const latest = latestPeriod(shown.latest_day);
  return (
    <>
      <SummaryCells days={days} currency={currency} moment={moment} />
      <div className="mt-6 grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <SalesPanel
          days={days}
          currency={currency}
          moment={moment}
          latest={latest}
          onShowLatest={onShowLatest}
        />
        <TopProducts days={days} currency={currency} moment={moment} />
      </div>
    </>
  );
}
