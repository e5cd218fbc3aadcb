import { countDays, type Days } from '@/features/analytics/period';
import type { Schema } from '@/shared/api/client';

export type Granularity = Schema<'Granularity'>;

/** One bar of the chart and one row of its table. */
export interface Bucket extends Omit<Schema<'SalesBucket'>, 'start'> {
  /** Start, in milliseconds since 1970. */
  start: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Monday, 5 January 1970. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** Longest periods, in days, that are shown by hour, by day and by week; longer ones are shown by month. */
const BY_HOUR_MAX = 14;
const BY_DAY_MAX = 92;
const BY_WEEK_MAX = 731;

/** The unit that suits the length of a period. */
export function granularityOf(days: Days): Granularity {
  const count = countDays(days);
  if (count <= BY_HOUR_MAX) return 'hour';
  if (count <= BY_DAY_MAX) return 'day';
  return count <= BY_WEEK_MAX ? 'week' : 'month';
}

/** Start of the bucket that contains `time`. Weeks start on Monday. */
function startOf(time: number, unit: Granularity): number {
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

function nextStart(start: number, unit: Granularity): number {
  const longest = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS, month: 31 * DAY_MS }[unit];
  return startOf(start + longest, unit);
}

/** The sales of a period with the hours, days, weeks or months between them that have none; empty without sales. */
export function bucketsOf(
  { granularity, items }: Schema<'SalesBucketList'>,
  days: Days,
  currency: Schema<'Currency'>,
): Bucket[] {
  if (items.length === 0) return [];
  const sales = new Map(items.map((item) => [Date.parse(item.start), item]));
  const zero = { minor: 0, currency };
  const none = {
    orders: 0,
    cancelled_orders: 0,
    units: 0,
    amounts: { gross: zero, cancelled: zero, refunded: zero, net: zero },
    captured: zero,
  };
  const buckets: Bucket[] = [];
  const end = Date.parse(days.to);
  for (let start = startOf(Date.parse(days.from), granularity); start < end;) {
    buckets.push({ ...none, ...sales.get(start), start });
    start = nextStart(start, granularity);
  }
  return buckets;
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
export function bucketName({ start }: Bucket, unit: Granularity): string {
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
