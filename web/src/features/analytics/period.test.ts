import { expect, it } from 'vitest';

import {
  checkPeriod,
  countDays,
  type Days,
  latestPeriod,
  PERIOD_DAYS_MAX,
  requestPeriods,
} from '@/features/analytics/period';

const NOW = new Date('2026-06-05T12:00:00Z');

/** Server with sales on these days. Counts the requests. */
function serverWith(...salesDays: string[]) {
  const asked: Days[] = [];
  const hasSales = (days: Days) => {
    asked.push(days);
    return Promise.resolve(salesDays.some((day) => day >= days.from && day < days.to));
  };
  return { asked, hasSales };
}

it('shows the last 30 days if they have sales', async () => {
  const { asked, hasSales } = serverWith('2010-12-01', '2026-05-20');
  expect(await latestPeriod(hasSales, NOW)).toEqual({ from: '2026-05-07', to: '2026-06-06' });
  expect(asked).toHaveLength(1);
});

it.each(['2000-01-01', '2010-12-14', '2026-05-06'])(
  'shows the 30 days up to the latest sale on %s',
  async (day) => {
    const { asked, hasSales } = serverWith('2000-01-01', day);
    const period = await latestPeriod(hasSales, NOW);
    expect(period && countDays(period)).toBe(30);
    expect(period?.to).toBe(new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10));
    expect(asked.length).toBeLessThan(20);
  },
);

it('has no period without any sales', async () => {
  expect(await latestPeriod(serverWith().hasSales, NOW)).toBeNull();
});

it('splits a long period into periods that the server accepts', () => {
  const periods = requestPeriods({ from: '2021-06-06', to: '2026-06-06' });
  expect(periods[0]?.from).toBe('2021-06-06');
  expect(periods.at(-1)?.to).toBe('2026-06-06');
  expect(periods.every((each) => countDays(each) <= 400)).toBe(true);
  expect(periods.slice(1).map((each) => each.from)).toEqual(periods.slice(0, -1).map((each) => each.to));
});

it('rejects a period that cannot be shown, at the field to change', () => {
  expect(checkPeriod('2021-06-06', '2026-06-05', NOW)).toEqual({});
  expect(checkPeriod('2021-06-04', '2026-06-05', NOW)).toEqual({ first: 'Choose at most five years' });
  expect(checkPeriod('', '', NOW)).toEqual({ first: 'Choose the first day', last: 'Choose the last day' });
  expect(checkPeriod('2026-01-02', '2026-01-01', NOW).last).toMatch(/before the first day/);
  expect(checkPeriod('2026-01-02', '2026-06-06', NOW).last).toMatch(/today/);
  expect(checkPeriod('1999-12-31', '2000-01-05', NOW).first).toMatch(/2000/);
  expect(PERIOD_DAYS_MAX).toBeGreaterThan(5 * 365);
});
