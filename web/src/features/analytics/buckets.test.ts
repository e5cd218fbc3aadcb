import { expect, it } from 'vitest';

import {
  bucketName,
  bucketsOf,
  type Granularity,
  granularityOf,
  roundUp,
} from '@/features/analytics/buckets';

function sale(start: string, minor: number) {
  const amount = { minor, currency: 'EUR' as const };
  const zero = { minor: 0, currency: 'EUR' as const };
  const amounts = { gross: amount, cancelled: zero, refunded: zero, net: amount };
  return { start, orders: 1, cancelled_orders: 0, units: 2, amounts, captured: amount };
}

function buckets(granularity: Granularity, items: ReturnType<typeof sale>[], from: string, to: string) {
  return bucketsOf({ granularity, items }, { from, to }, 'EUR');
}

it('fills hours without sales with zero', () => {
  const sales = [sale('2010-12-01T08:00:00Z', 100), sale('2010-12-01T11:00:00Z', 50)];
  const filled = buckets('hour', sales, '2010-12-01', '2010-12-02');
  expect(filled).toHaveLength(24);
  const gross = filled.slice(8, 12).map((bucket) => bucket.amounts.gross);
  expect(gross.map((amount) => amount.minor)).toEqual([100, 0, 0, 50]);
  expect(gross.every((amount) => amount.currency === 'EUR')).toBe(true);
});

it.each([
  ['hour', '2010-12-14', 13 * 24, ['2010-12-01T08:00:00Z', '2010-12-13T23:00:00Z']],
  ['day', '2010-12-31', 30, ['2010-12-01T00:00:00Z', '2010-12-13T00:00:00Z']],
  ['week', '2011-11-30', 53, ['2010-11-29T00:00:00Z', '2010-12-13T00:00:00Z']],
  ['month', '2013-12-01', 36, ['2010-12-01T00:00:00Z', '2011-03-01T00:00:00Z']],
] as const)('asks for sales by %s until %s, and shows all of them', (expected, to, count, starts) => {
  expect(granularityOf({ from: '2010-12-01', to })).toBe(expected);
  const sales = starts.map((start) => sale(start, 75));
  const filled = buckets(expected, sales, '2010-12-01', to);
  expect(filled).toHaveLength(count);
  expect(filled.reduce((total, bucket) => total + bucket.amounts.gross.minor, 0)).toBe(150);
});

it('starts weeks on Monday and months on the first', () => {
  const names = (granularity: Granularity, start: string) =>
    buckets(granularity, [sale(start, 1)], '2010-12-01', '2011-12-01')
      .slice(0, 2)
      .map((bucket) => bucketName(bucket, granularity));
  expect(names('week', '2010-11-29T00:00:00Z')).toEqual(['Week of 29 Nov 2010', 'Week of 6 Dec 2010']);
  expect(names('month', '2010-12-01T00:00:00Z')).toEqual(['Dec 2010', 'Jan 2011']);
});

it('returns no buckets without sales', () => {
  expect(buckets('hour', [], '2010-12-01', '2010-12-02')).toEqual([]);
});

it('rounds the top of the axis up', () => {
  expect([0, 7, 13, 480, 5_000, 51_000].map(roundUp)).toEqual([1, 10, 20, 500, 5_000, 100_000]);
});
