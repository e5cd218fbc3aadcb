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

const HOUR_MS = 3_600_000;
/** Longest range, in hours, that is shown by hour; longer ranges are shown by day. */
const HOUR_BARS_MAX = 14 * 24;

/** Groups sales by hour, or by day for long ranges. Fills gaps with zero. */
export function bucketsOf(hours: Schema<'SalesHour'>[]): { unit: 'hour' | 'day'; buckets: Bucket[] } {
  const starts = hours.map((hour) => Date.parse(hour.hour));
  if (starts.length === 0) return { unit: 'hour', buckets: [] };
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  const unit = (last - first) / HOUR_MS > HOUR_BARS_MAX ? 'day' : 'hour';
  const widthMs = unit === 'day' ? 24 * HOUR_MS : HOUR_MS;
  const base = Math.floor(first / widthMs) * widthMs;
  const count = Math.floor((last - base) / widthMs) + 1;
  const buckets = Array.from({ length: count }, (_, index) => ({
    start: base + index * widthMs,
    orders: 0,
    units: 0,
    gross_minor: 0,
    refunded_minor: 0,
  }));
  hours.forEach((hour, index) => {
    const bucket = buckets[Math.floor(((starts[index] ?? base) - base) / widthMs)];
    if (bucket === undefined) return;
    bucket.orders += hour.orders;
    bucket.units += hour.units;
    bucket.gross_minor += hour.gross_minor;
    bucket.refunded_minor += hour.refunded_minor;
  });
  return { unit, buckets };
}

/** Rounds up to 1, 2 or 5 times a power of ten, for the top of an axis. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}
