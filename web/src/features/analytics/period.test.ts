import { expect, it } from 'vitest';

import { checkPeriod, countDays, daysSince, latestPeriod } from '@/features/analytics/period';

const NOW = new Date('2026-06-05T12:00:00Z');

it.each(['2026-05-07', '2026-06-05'])('shows the last 30 days if they have a sale on %s', (day) => {
  expect(latestPeriod(day, NOW)).toEqual({ from: '2026-05-07', to: '2026-06-06' });
});

it.each(['2000-01-01', '2010-12-14', '2026-05-06'])(
  'shows the 30 days up to the latest sale on %s',
  (day) => {
    const period = latestPeriod(day, NOW);
    expect(countDays(period)).toBe(30);
    expect(period.to).toBe(new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10));
  },
);

it('shows all days since the first sale', () => {
  expect(daysSince('2010-12-01', NOW)).toEqual({ from: '2010-12-01', to: '2026-06-06' });
});

it('rejects a period that cannot be shown, at the field to change', () => {
  expect(checkPeriod('2000-01-01', '2026-06-05', NOW)).toEqual({});
  expect(checkPeriod('', '', NOW)).toEqual({ first: 'Choose the first day', last: 'Choose the last day' });
  expect(checkPeriod('2026-01-02', '2026-01-01', NOW).last).toMatch(/before the first day/);
  expect(checkPeriod('2026-01-02', '2026-06-06', NOW).last).toMatch(/today/);
  expect(checkPeriod('1999-12-31', '2000-01-05', NOW).first).toMatch(/2000/);
});
