import { expect, it } from 'vitest';

import { bucketName, bucketsOf, roundUp } from '@/features/analytics/buckets';

const hour = (at: string, gross: number) => ({
  hour: at,
  orders: 1,
  units: 2,
  gross_minor: gross,
  refunded_minor: 0,
});

it('shows a short period by hour and fills hours without sales with zero', () => {
  const sales = [hour('2010-12-01T08:00:00Z', 100), hour('2010-12-01T11:00:00Z', 50)];
  const { unit, buckets } = bucketsOf(sales, { from: '2010-12-01', to: '2010-12-02' });
  expect(unit).toBe('hour');
  expect(buckets).toHaveLength(24);
  expect(buckets.slice(8, 12).map((bucket) => bucket.gross_minor)).toEqual([100, 0, 0, 50]);
});

it.each([
  ['hour', '2010-12-14', 13 * 24],
  ['day', '2010-12-31', 30],
  ['week', '2011-11-30', 53],
  ['month', '2013-12-01', 36],
])('groups sales by %s in a period until %s and keeps the totals', (expected, to, count) => {
  const sales = [
    hour('2010-12-01T08:00:00Z', 100),
    hour('2010-12-01T23:00:00Z', 1),
    hour('2010-12-13T23:00:00Z', 50),
  ];
  const { unit, buckets } = bucketsOf(sales, { from: '2010-12-01', to });
  expect(unit).toBe(expected);
  expect(buckets).toHaveLength(count);
  expect(buckets.reduce((total, bucket) => total + bucket.gross_minor, 0)).toBe(151);
});

it('starts weeks on Monday and months on the first', () => {
  const names = (to: string) => {
    const { unit, buckets } = bucketsOf([hour('2010-12-01T08:00:00Z', 1)], { from: '2010-12-01', to });
    return buckets.slice(0, 2).map((bucket) => bucketName(bucket, unit));
  };
  expect(names('2011-12-01')).toEqual(['Week of 29 Nov 2010', 'Week of 6 Dec 2010']);
  expect(names('2014-12-01')).toEqual(['Dec 2010', 'Jan 2011']);
});

it('returns no buckets without sales', () => {
  expect(bucketsOf([], { from: '2010-12-01', to: '2010-12-02' }).buckets).toEqual([]);
});

it('rounds the top of the axis up', () => {
  expect([0, 7, 13, 480, 5_000, 51_000].map(roundUp)).toEqual([1, 10, 20, 500, 5_000, 100_000]);
});
