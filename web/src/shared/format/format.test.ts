import { expect, it } from 'vitest';

import { formatMoney, parseMinor, sum } from '@/shared/format/money';
import { addDays, formatCountdown, formatTime } from '@/shared/format/time';
import { counted, humanize, titleCase } from '@/shared/format/words';

it('formats money and parses common input formats', () => {
  expect(formatMoney({ minor: 127_599, currency: 'GBP' })).toBe('£1,275.99');
  expect(sum([])).toBeNull();
  expect(['12', '£12.5', '12,50', '12.505', 'abc', ''].map(parseMinor)).toEqual([
    1200,
    1250,
    1250,
    null,
    null,
    null,
  ]);
});

it('shortens the date in times', () => {
  const now = new Date('2026-06-05T12:00:00');
  expect(formatTime('2026-06-05T09:07:00', now)).toBe('09:07');
  expect(formatTime('2026-01-05T09:07:00', now)).toBe('5 Jan, 09:07');
  expect(formatTime('2010-12-01T08:26:00', now)).toBe('1 Dec 2010, 08:26');
});

it('stops the countdown at zero', () => {
  expect([247_000, 500, 0, -9_000, 3_729_000].map(formatCountdown)).toEqual([
    '4:07',
    '0:01',
    '0:00',
    '0:00',
    '1:02:09',
  ]);
});

it('adds days in UTC across months and leap days', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
});

it('converts only all-capital names to title case', () => {
  expect(titleCase('WHITE HANGING HEART T-LIGHT HOLDER')).toBe('White Hanging Heart T-Light Holder');
  expect(titleCase("POPPY'S  PLAYHOUSE BEDROOM ")).toBe("Poppy's Playhouse Bedroom");
  expect(titleCase('SET/5 RED LID GLASS BOWLS')).toBe('Set/5 Red Lid Glass Bowls');
  expect(titleCase('PACK OF 60 CAKE CASES')).toBe('Pack of 60 Cake Cases');
  expect(titleCase('Hand made iPad cover')).toBe('Hand made iPad cover');
});

it('formats identifiers and counts as words', () => {
  expect(humanize('on_the_way')).toBe('On the way');
  expect([counted(1, 'line'), counted(1200, 'line')]).toEqual(['1 line', '1,200 lines']);
});
