import * as v from 'valibot';

const day = v.fallback(v.optional(v.pipe(v.string(), v.isoDate())), undefined);

/** Period in UTC days; `to` is exclusive. Omitted bounds mean all time. */
export const analyticsSearch = v.object({ from: day, to: day });

export type AnalyticsSearch = v.InferOutput<typeof analyticsSearch>;
