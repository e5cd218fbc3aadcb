import * as v from 'valibot';

const day = v.fallback(v.optional(v.pipe(v.string(), v.isoDate())), undefined);
const currency = v.fallback(v.optional(v.picklist(['GBP', 'EUR', 'USD'])), undefined);
const position = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined);
/** Time of recording. */
const at = v.fallback(v.optional(v.pipe(v.string(), v.isoTimestamp())), undefined);

/**
 * Period in UTC days, `to` is exclusive, and currency. Without both bounds, the latest days with sales are shown; without
 * a currency, the one with most orders. With a time or a position of the log, the figures as of then.
 */
export const analyticsSearch = v.object({ from: day, to: day, currency, at, position });

export type AnalyticsSearch = v.InferOutput<typeof analyticsSearch>;
