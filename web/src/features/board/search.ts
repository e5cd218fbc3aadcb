import * as v from 'valibot';

/** URL parameters of the board. */
export const boardSearch = v.object({
  status: v.fallback(
    v.optional(v.picklist(['pending', 'confirmed', 'completed', 'expired', 'cancelled'])),
    undefined,
  ),
  /** Order shown in the side panel. */
  order: v.fallback(v.optional(v.pipe(v.string(), v.uuid())), undefined),
});

export type BoardSearch = v.InferOutput<typeof boardSearch>;
