import { expect, it } from 'vitest';

import { rangeOf, stepPath } from '@/features/seller/stock-series';

const point = (seconds: number, on_hand: number) => ({
  position: seconds,
  recorded_at: new Date(seconds * 1000).toISOString(),
  on_hand,
  reserved: 0,
  committed: 0,
  available: on_hand,
});

it('a count stays until the next event', () => {
  const points = [point(0, 10), point(30, 0), point(40, 5)];
  expect(rangeOf(points)).toEqual({ low: 0, high: 10 });
  expect(stepPath(points, 'on_hand', { width: 400, height: 100 })).toBe('M0 0H300V100H400V50H400');
});

it('one event is a line over the whole width', () => {
  expect(stepPath([point(7, 4)], 'reserved', { width: 400, height: 100 })).toBe('M0 100H400');
});
