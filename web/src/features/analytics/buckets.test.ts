import { expect, it } from 'vitest';

import { bucketsOf, roundUp } from '@/features/analytics/buckets';

const hour = (at: string, gross: number) => ({
  hour: at,
  orders: 1,
  units: 2,
  gross_minor: gross,
  refunded_minor: 0,
});

it('fills hours without sales with zero', () => {
  const { unit, buckets } = bucketsOf([hour('2010-12-01T08:00:00Z', 100), hour('2010-12-01T11:00:00Z', 50)]);
  expect(unit).toBe('hour');
  expect(buckets.map((bucket) => bucket.gross_minor)).toEqual([100, 0, 0, 50]);
});

it('groups a long range by day and keeps the totals', () => {
  const { unit, buckets } = bucketsOf([
    hour('2010-12-01T08:00:00Z', 100),
    hour('2010-12-01T23:00:00Z', 1),
    hour('2011-01-31T00:00:00Z', 50),
  ]);
  expect(unit).toBe('day');
  expect(buckets).toHaveLength(62);
  expect([buckets[0]?.gross_minor, buckets.at(-1)?.gross_minor]).toEqual([101, 50]);
});

it('returns no buckets without sales', () => {
  expect(bucketsOf([]).buckets).toEqual([]);
});

it('rounds the top of the axis up', () => {
  expect([0, 7, 13, 480, 5_000, 51_000].map(roundUp)).toEqual([1, 10, 20, 500, 5_000, 100_000]);
});
