import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';

import { DayPicker } from '@/features/analytics/day-picker';
import { checkPeriod, type Days } from '@/features/analytics/period';
import { latestPeriodQuery } from '@/features/analytics/requests';
import { SalesPanel } from '@/features/analytics/sales-panel';
import type { AnalyticsSearch } from '@/features/analytics/search';
import { SummaryCells } from '@/features/analytics/summary-cells';
import { TopProducts } from '@/features/analytics/top-products';
import { Button } from '@/shared/components/button';
import { PageHead } from '@/shared/components/page-head';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { addDays } from '@/shared/format/time';

const route = getRouteApi('/analytics');

export function AnalyticsScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const latest = useQuery(latestPeriodQuery);
  const { from, to } = search;
  const days = from !== undefined && to !== undefined ? { from, to } : (latest.data ?? undefined);
  const show = (next: AnalyticsSearch) => void navigate({ search: next, replace: true });
  return (
    <>
      <PageHead title="Analytics" />
      <DayPicker search={search} days={days} onChange={show} />
      {days !== undefined ? (
        <Report days={days} onShowLatest={() => show({})} />
      ) : latest.isPending ? (
        <>
          <Loading label="Loading analytics" />
          <Skeleton className="h-96 rounded-lg" />
        </>
      ) : latest.isError ? (
        <ErrorState
          error={latest.error}
          onRetry={() => void latest.refetch()}
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

function Report({ days, onShowLatest }: { days: Days; onShowLatest: () => void }) {
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
  return (
    <>
      <SummaryCells days={days} />
      <div className="mt-6 grid items-start gap-6 xl:grid-cols-[1fr_26rem]">
        <SalesPanel days={days} onShowLatest={onShowLatest} />
        <TopProducts days={days} />
      </div>
    </>
  );
}
