import * as v from 'valibot';

const day = v.fallback(v.optional(v.pipe(v.string(), v.isoDate())), undefined);

/** Which days, by UTC; `to` is the day after the last one. Without them: all. */
export const analyticsSearch = v.object({ from: day, to: day });

export type AnalyticsSearch = v.InferOutput<typeof analyticsSearch>;
