import { addDays, utcDay } from '@/shared/format/time';

/** Period of the report in UTC days; `to` is exclusive. */
export interface Days {
  from: string;
  to: string;
}

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

/** The days from `first` until today. */
export function daysSince(first: string, now = new Date()): Days {
  return { from: first, to: addDays(utcDay(now), 1) };
}

/** The last 30 days, or the 30 days up to the latest sale if that was earlier. */
export function latestPeriod(latestDay: string, now = new Date()): Days {
  const recent = lastDays(DEFAULT_DAYS, now);
  if (latestDay >= recent.from) return recent;
  const to = addDays(latestDay, 1);
  return { from: addDays(to, -DEFAULT_DAYS), to };
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
  return last < first ? { last: "Choose a day that isn't before the first day" } : {};
}
