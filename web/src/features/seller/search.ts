import * as v from 'valibot';

/** URL parameters of the seller's product list. */
export const sellerSearch = v.object({
  q: v.fallback(
    v.optional(v.pipe(v.union([v.string(), v.pipe(v.number(), v.transform(String))]), v.maxLength(200))),
    undefined,
  ),
  status: v.fallback(v.optional(v.picklist(['listed', 'unlisted', 'sold-out'])), undefined),
});

export type SellerSearch = v.InferOutput<typeof sellerSearch>;
