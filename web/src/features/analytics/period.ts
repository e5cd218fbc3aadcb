import { addDays, utcDay } from '@/shared/format/time';

/** Period of the report in UTC days; `to` is exclusive. */
export interface Days {
  from: string;
  to: string;
}

/** Longest period of the report: five years. */
export const PERIOD_DAYS_MAX = 1_827;
/** Longest period that the server lists by hour in one response. */
const REQUEST_DAYS_MAX = 400;
/** Length of the default period. */
const DEFAULT_DAYS = 30;
/** First day that can be chosen; earlier than any order. */
export const FIRST_DAY = '2000-01-01';

const DAY_MS = 86_400_000;

export function countDays({ from, to }: Days): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** The `count` days that end today. */
export function lastDays(count: number, now = new Date()): Days {
  const tomorrow = addDays(utcDay(now), 1);
  return { from: addDays(tomorrow, -count), to: tomorrow };
}

/** Splits a period into periods that the server accepts in one request. */
export function requestPeriods(days: Days): Days[] {
  const periods: Days[] = [];
  for (let from = days.from; from < days.to;) {
    const end = addDays(from, REQUEST_DAYS_MAX);
    const to = end < days.to ? end : days.to;
    periods.push({ from, to });
    from = to;
  }
  return periods;
}

/** Messages for the fields of a period; empty if it can be shown. */
export interface PeriodErrors {
  first?: string;
  last?: string;
}

/** Checks the first and the last day of a period; both are included in it. */
export function checkPeriod(first: string, last: string, now = new Date()): PeriodErrors {
  const errors: PeriodErrors = {};
  if (first === '') errors.first = 'Choose the first day';
  else if (first < FIRST_DAY) errors.first = 'Choose a day from 1 January 2000 on';
  if (last === '') errors.last = 'Choose the last day';
  else if (last > utcDay(now)) errors.last = 'Choose today or an earlier day';
  if (errors.first !== undefined || errors.last !== undefined) return errors;
  if (last < first) return { last: "Choose a day that isn't before the first day" };
  if (countDays({ from: first, to: addDays(last, 1) }) > PERIOD_DAYS_MAX)
    return { first: 'Choose at most five years' };
  return {};
}

/**
 * The last 30 days, or the 30 days up to the latest sale if that was earlier; null without any sales. Finds the latest
 * sale by bisection, because the API has no operation for it.
 */
export async function latestPeriod(
  hasSales: (days: Days) => Promise<boolean>,
  now = new Date(),
): Promise<Days | null> {
  const recent = lastDays(DEFAULT_DAYS, now);
  if (await hasSales(recent)) return recent;
  const { to } = recent;
  if (!(await hasSales({ from: FIRST_DAY, to }))) return null;
  // The latest sale is on `early` or a later day, and before `late`.
  let [early, late] = [FIRST_DAY, recent.from];
  while (addDays(early, 1) < late) {
    const middle = addDays(early, Math.floor(countDays({ from: early, to: late }) / 2));
    if (await hasSales({ from: middle, to: late })) early = middle;
    else late = middle;
  }
  return { from: addDays(late, -DEFAULT_DAYS), to: late };
}
