import * as v from 'valibot';

/** What the board shows, as it stands in the address. */
export const boardSearch = v.object({
  status: v.fallback(
    v.optional(v.picklist(['pending', 'confirmed', 'completed', 'expired', 'cancelled'])),
    undefined,
  ),
  /** The order whose details are open. */
  order: v.fallback(v.optional(v.pipe(v.string(), v.uuid())), undefined),
});

export type BoardSearch = v.InferOutput<typeof boardSearch>;
