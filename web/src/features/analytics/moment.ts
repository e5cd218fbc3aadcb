import type { AnalyticsSearch } from '@/features/analytics/search';

/** A moment of the past of the figures: what was recorded by then. Empty for now. */
export type Moment = Pick<AnalyticsSearch, 'at' | 'position'>;

/** The moment that a URL names. A time counts before a position. */
export function momentOf({ at, position }: AnalyticsSearch): Moment {
  if (at !== undefined) return { at };
  return position === undefined ? {} : { position };
}

export function isPast({ at, position }: Moment): boolean {
  return at !== undefined || position !== undefined;
}

/** "2026-01-05T12:03" of the local time zone → the instant; null if it is no time. */
export function instantOf(local: string): string | null {
  const time = new Date(local);
  return local === '' || Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** The value of a date-time field for an instant, in the local time zone: "2026-01-05T12:03:11". */
export function fieldOf(instant: string): string {
  const time = new Date(instant);
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/** A message for a moment that can't be shown. */
export function checkMoment(local: string, now = new Date()): string | undefined {
  const instant = instantOf(local);
  if (instant === null) return 'Choose a day and a time';
  return Date.parse(instant) > now.getTime() ? 'Choose a time that isn’t in the future' : undefined;
}
