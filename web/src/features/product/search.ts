import * as v from 'valibot';

const text = (max: number) =>
  v.fallback(
    v.optional(v.pipe(v.union([v.string(), v.pipe(v.number(), v.transform(String))]), v.maxLength(max))),
    undefined,
  );
const price = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))), undefined);

export const SORTS = [
  { value: 'best', label: 'Best match' },
  { value: 'name', label: 'Name' },
  { value: 'price', label: 'Price: low to high' },
  { value: '-price', label: 'Price: high to low' },
  { value: 'newest', label: 'Newest' },
] as const;

const sortKey = v.picklist(['name', 'price', '-price', 'newest']);

/** Sort key of an option; undefined for the best match. */
export function sortOf(option: string): CatalogueSearch['sort'] {
  return v.is(sortKey, option) ? option : undefined;
}

/** URL parameters of the catalogue. Prices are in minor units. */
export const catalogueSearch = v.object({
  q: text(200),
  category: text(100),
  in_stock: v.fallback(v.optional(v.boolean()), undefined),
  min_price: price,
  max_price: price,
  sort: v.fallback(v.optional(sortKey), undefined),
});

export type CatalogueSearch = v.InferOutput<typeof catalogueSearch>;

/** Number of active filters, not counting the search words. */
export function filterCount(search: CatalogueSearch): number {
  const { category, in_stock: inStock, min_price: min, max_price: max } = search;
  return [category, inStock, min, max].filter((each) => each !== undefined).length;
}
