import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '@/shared/api/client';
import { minPosition } from '@/shared/api/read-your-writes';

/** Loads one product of the catalogue. */
export function productQuery(sku: string) {
  return queryOptions({
    queryKey: ['product', sku],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/products/{sku}', { params: { path: { sku }, query: minPosition() }, signal })),
  });
}
