import * as v from 'valibot';

const day = v.fallback(v.optional(v.pipe(v.string(), v.isoDate())), undefined);

/** Period in UTC days; `to` is exclusive. Without both bounds, the latest days with sales are shown. */
export const analyticsSearch = v.object({ from: day, to: day });

export type AnalyticsSearch = v.InferOutput<typeof analyticsSearch>;
