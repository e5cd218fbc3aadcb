import { expect, it } from 'vitest';

import { checkMoment, fieldOf, instantOf, isPast, momentOf } from '@/features/analytics/moment';

const none = { from: undefined, to: undefined, currency: undefined };

it('is the time of the URL, or its position, or now', () => {
  const at = '2026-01-05T12:03:11Z';
  expect(momentOf({ ...none, at, position: 7 })).toEqual({ at });
  expect(momentOf({ ...none, at: undefined, position: 7 })).toEqual({ position: 7 });
  expect(isPast(momentOf({ ...none, at: undefined, position: undefined }))).toBe(false);
});

it('is written in local time', () => {
  const at = '2026-01-05T12:03:11.000Z';
  expect(instantOf(fieldOf(at))).toBe(at);
  expect(instantOf('')).toBeNull();
});

it('is not in the future', () => {
  const now = new Date('2026-01-05T12:00:00Z');
  expect(checkMoment(fieldOf('2026-01-05T12:00:00Z'), now)).toBeUndefined();
  expect(checkMoment(fieldOf('2026-01-05T12:01:00Z'), now)).toBe('Choose a time that isn’t in the future');
  expect(checkMoment('', now)).toBe('Choose a day and a time');
});
