import * as v from 'valibot';

const number = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined);

/** URL parameters of an order: the moment of its past that is shown. The first that is given counts. */
export const orderSearch = v.object({
  /** Version of the order. */
  version: number,
  /** Position in the log. */
  position: number,
  /** Time of recording. */
  at: v.fallback(v.optional(v.pipe(v.string(), v.isoTimestamp())), undefined),
});

export type OrderSearch = v.InferOutput<typeof orderSearch>;

/** A moment of the past of an order: one of the URL parameters. */
export type Moment = { version: number } | { position: number } | { at: string };

/** The moment that a URL names; null for the present. */
export function momentOf({ version, position, at }: OrderSearch): Moment | null {
  if (version !== undefined) return { version };
  if (position !== undefined) return { position };
  return at === undefined ? null : { at };
}
