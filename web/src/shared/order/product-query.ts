import { queryOptions } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';
import { minPosition } from '@/shared/api/read-your-writes';
import { keepNewer, newerRow } from '@/shared/keep-newer';

/** Loads one product of the catalogue. */
export function productQuery(sku: string) {
  return queryOptions({
    queryKey: ['product', sku],
    structuralSharing: keepNewer(newerRow<Schema<'Product'>>),
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/products/{sku}', { params: { path: { sku }, query: minPosition() }, signal })),
  });
}
