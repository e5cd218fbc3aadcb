import { queryOptions } from '@tanstack/react-query';

import { granularityOf } from '@/features/analytics/buckets';
import type { Days } from '@/features/analytics/period';
import { answer, api, type Schema } from '@/shared/api/client';
import { minPosition } from '@/shared/api/read-your-writes';

export type Currency = Schema<'Currency'>;

/** Currencies with sales, most orders first, with the days of their first and latest sale. */
export const currenciesQuery = queryOptions({
  queryKey: ['analytics', 'currencies'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const query = minPosition();
    const { items } = await answer(api.GET('/api/v1/analytics/currencies', { params: { query }, signal }));
    return items;
  },
});

/** Totals of a period, for each currency. */
export function summaryQuery(days: Days) {
  return queryOptions({
    queryKey: ['analytics', 'summary', days],
    queryFn: async ({ signal }) => {
      const query = { ...days, ...minPosition() };
      const { items } = await answer(api.GET('/api/v1/analytics/summary', { params: { query }, signal }));
      return items;
    },
  });
}

const TOP_MAX = 15;

export function topProductsQuery(days: Days, currency: Currency) {
  return queryOptions({
    queryKey: ['analytics', 'top-products', days, currency],
    queryFn: ({ signal }) => {
      const query = { ...days, currency, limit: TOP_MAX, ...minPosition() };
      return answer(api.GET('/api/v1/analytics/top-products', { params: { query }, signal }));
    },
  });
}

/** Sales over time, by the unit that suits the length of the period. */
export function salesQuery(days: Days, currency: Currency) {
  return queryOptions({
    queryKey: ['analytics', 'sales', days, currency],
    queryFn: ({ signal }) => {
      const query = { ...days, currency, granularity: granularityOf(days), ...minPosition() };
      return answer(api.GET('/api/v1/analytics/sales', { params: { query }, signal }));
    },
  });
}
