import { queryOptions } from '@tanstack/react-query';

import { granularityOf } from '@/features/analytics/buckets';
import type { Moment } from '@/features/analytics/moment';
import type { Days } from '@/features/analytics/period';
import { answer, api, type Schema } from '@/shared/api/client';
import { minPosition } from '@/shared/api/read-your-writes';

export type Currency = Schema<'Currency'>;

/** Currencies with sales, most orders first, with the days of their first and latest sale. */
export function currenciesQuery(moment: Moment) {
  return queryOptions({
    queryKey: ['analytics', 'currencies', moment],
    staleTime: 60_000,
    queryFn: ({ signal }) => {
      const query = { ...moment, ...minPosition() };
      return answer(api.GET('/api/v1/analytics/currencies', { params: { query }, signal }));
    },
  });
}

/** Totals of a period, for each currency. */
export function summaryQuery(days: Days, moment: Moment) {
  return queryOptions({
    queryKey: ['analytics', 'summary', days, moment],
    queryFn: async ({ signal }) => {
      const query = { ...days, ...moment, ...minPosition() };
      const { items } = await answer(api.GET('/api/v1/analytics/summary', { params: { query }, signal }));
      return items;
    },
  });
}

const TOP_MAX = 15;

export function topProductsQuery(days: Days, currency: Currency, moment: Moment) {
  return queryOptions({
    queryKey: ['analytics', 'top-products', days, currency, moment],
    queryFn: ({ signal }) => {
      const query = { ...days, currency, limit: TOP_MAX, ...moment, ...minPosition() };
      return answer(api.GET('/api/v1/analytics/top-products', { params: { query }, signal }));
    },
  });
}

/** Sales over time, by the unit that suits the length of the period. */
export function salesQuery(days: Days, currency: Currency, moment: Moment) {
  return queryOptions({
    queryKey: ['analytics', 'sales', days, currency, moment],
    queryFn: ({ signal }) => {
      const query = { ...days, currency, granularity: granularityOf(days), ...moment, ...minPosition() };
      return answer(api.GET('/api/v1/analytics/sales', { params: { query }, signal }));
    },
  });
}
