import { getRouteApi } from '@tanstack/react-router';

import { DayPicker } from '@/features/analytics/day-picker';
import { SalesPanel } from '@/features/analytics/sales-panel';
import { SummaryCells } from '@/features/analytics/summary-cells';
import { TopProducts } from '@/features/analytics/top-products';
import { PageHead } from '@/shared/components/page-head';
import { addDays, utcDay } from '@/shared/format/time';

const route = getRouteApi('/analytics');

/** Start of the range "all time": earlier than any order. */
const ALL_TIME_START = '2000-01-01';

export function AnalyticsScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const days = { from: search.from ?? ALL_TIME_START, to: search.to ?? addDays(utcDay(new Date()), 1) };
  return (
    <>
      <PageHead title="Analytics">
        <DayPicker
          key={`${search.from} ${search.to}`}
          search={search}
          onChange={(next) => void navigate({ search: next, replace: true })}
        />
      </PageHead>
      <SummaryCells days={days} />
      <div className="mt-6 grid items-start gap-6 xl:grid-cols-[1fr_26rem]">
        <SalesPanel days={days} />
        <TopProducts days={days} />
      </div>
    </>
  );
}
