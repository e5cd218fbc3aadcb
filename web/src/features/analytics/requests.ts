import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '@/shared/api/client';
import { minPosition } from '@/shared/api/read-your-writes';

/** Period of the report; `to` is exclusive. */
export interface Days {
  from: string;
  to: string;
}

export function summaryQuery(days: Days) {
  return queryOptions({
    queryKey: ['analytics', 'summary', days],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/analytics/summary', { params: { query: { ...days, ...minPosition() } }, signal }),
      ),
  });
}

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

export function salesByHourQuery(days: Days) {
  return queryOptions({
    queryKey: ['analytics', 'sales-by-hour', days],
    queryFn: async ({ signal }) => {
      const query = { ...days, ...minPosition() };
      const { items } = await answer(
        api.GET('/api/v1/analytics/sales-by-hour', { params: { query }, signal }),
      );
      return items;
    },
  });
}
