import * as v from 'valibot';

const day = v.fallback(v.optional(v.pipe(v.string(), v.isoDate())), undefined);
const currency = v.fallback(v.optional(v.picklist(['GBP', 'EUR', 'USD'])), undefined);

/**
 * Period in UTC days, `to` is exclusive, and currency. Without both bounds, the latest days with sales are shown; without
 * a currency, the one with most orders.
 */
export const analyticsSearch = v.object({ from: day, to: day, currency });

export type AnalyticsSearch = v.InferOutput<typeof analyticsSearch>;
