import { queryOptions } from '@tanstack/react-query';

import { type Days, latestPeriod, requestPeriods } from '@/features/analytics/period';
import { answer, api } from '@/shared/api/client';
import { minPosition } from '@/shared/api/read-your-writes';

function loadSummary(days: Days, signal: AbortSignal) {
  const query = { ...days, ...minPosition() };
  return answer(api.GET('/api/v1/analytics/summary', { params: { query }, signal }));
}

export function summaryQuery(days: Days) {
  return queryOptions({
    queryKey: ['analytics', 'summary', days],
    queryFn: ({ signal }) => loadSummary(days, signal),
  });
}

/** Default period: the latest days with sales; null without any sales. */
export const latestPeriodQuery = queryOptions({
  queryKey: ['analytics', 'latest-period'],
  staleTime: 60_000,
  queryFn: ({ signal }) =>
    latestPeriod(async (days) => {
      const { orders, refunded_minor: refunded } = await loadSummary(days, signal);
      return orders > 0 || refunded > 0;
    }),
});

const TOP_MAX = 15;

export function topProductsQuery(days: Days) {
  return queryOptions({
    queryKey: ['analytics', 'top-products', days],
    queryFn: async ({ signal }) => {
      const query = { ...days, limit: TOP_MAX, ...minPosition() };
      const { items } = await answer(
        api.GET('/api/v1/analytics/top-products', { params: { query }, signal }),
      );
      return items;
    },
  });
}

/** Sales by hour. A long period takes several requests, because the server limits each. */
export function salesByHourQuery(days: Days) {
  return queryOptions({
    queryKey: ['analytics', 'sales-by-hour', days],
    queryFn: async ({ signal }) => {
      const lists = requestPeriods(days).map((period) => {
        const query = { ...period, ...minPosition() };
        return answer(api.GET('/api/v1/analytics/sales-by-hour', { params: { query }, signal }));
      });
      return (await Promise.all(lists)).flatMap((list) => list.items);
    },
  });
}
