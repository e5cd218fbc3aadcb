import { countDays, type Days } from '@/features/analytics/period';
import type { Schema } from '@/shared/api/client';

/** One bar of the chart and one row of its table. */
export interface Bucket {
  /** Start, in milliseconds since 1970. */
  start: number;
  orders: number;
  units: number;
  gross_minor: number;
  refunded_minor: number;
}

export type Unit = 'hour' | 'day' | 'week' | 'month';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Monday, 5 January 1970. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** Longest periods, in days, that are shown by hour, by day and by week; longer ones are shown by month. */
const BY_HOUR_MAX = 14;
const BY_DAY_MAX = 92;
const BY_WEEK_MAX = 731;

function unitOf(days: Days): Unit {
  const count = countDays(days);
  if (count <= BY_HOUR_MAX) return 'hour';
  if (count <= BY_DAY_MAX) return 'day';
  return count <= BY_WEEK_MAX ? 'week' : 'month';
}

/** Start of the bucket that contains `time`. Weeks start on Monday. */
function startOf(time: number, unit: Unit): number {
  const date = new Date(time);
  switch (unit) {
    case 'hour':
      return Math.floor(time / HOUR_MS) * HOUR_MS;
    case 'day':
      return Math.floor(time / DAY_MS) * DAY_MS;
    case 'week':
      return Math.floor((time - FIRST_MONDAY_MS) / (7 * DAY_MS)) * 7 * DAY_MS + FIRST_MONDAY_MS;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
}

function nextStart(start: number, unit: Unit): number {
  const longest = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS, month: 31 * DAY_MS }[unit];
  return startOf(start + longest, unit);
}

/** Groups the sales of a period by a unit that suits its length. Fills gaps with zero; empty without sales. */
export function bucketsOf(hours: Schema<'SalesHour'>[], days: Days): { unit: Unit; buckets: Bucket[] } {
  const unit = unitOf(days);
  if (hours.length === 0) return { unit, buckets: [] };
  const buckets = new Map<number, Bucket>();
  const end = Date.parse(days.to);
  for (let start = startOf(Date.parse(days.from), unit); start < end; start = nextStart(start, unit)) {
    buckets.set(start, { start, orders: 0, units: 0, gross_minor: 0, refunded_minor: 0 });
  }
  for (const hour of hours) {
    const bucket = buckets.get(startOf(Date.parse(hour.hour), unit));
    if (bucket === undefined) continue;
    bucket.orders += hour.orders;
    bucket.units += hour.units;
    bucket.gross_minor += hour.gross_minor;
    bucket.refunded_minor += hour.refunded_minor;
  }
  return { unit, buckets: [...buckets.values()] };
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const hourFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** "1 Dec, 08:00", "1 Dec 2010", "Week of 29 Nov 2010" or "Dec 2010". */
export function bucketName({ start }: Bucket, unit: Unit): string {
  switch (unit) {
    case 'hour':
      return hourFormat.format(start);
    case 'day':
      return dayFormat.format(start);
    case 'week':
      return `Week of ${dayFormat.format(start)}`;
    case 'month':
      return monthFormat.format(start);
  }
}

/** "1 Dec 2010": first or last day of a period. */
export function dayName(day: string): string {
  return dayFormat.format(Date.parse(day));
}

/** Rounds up to 1, 2 or 5 times a power of ten, for the top of an axis. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}
