import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { answer, api } from '@/shared/api/client';
import type { paths } from '@/shared/api/schema.gen';

type CategoryFilters = NonNullable<paths['/api/v1/products/categories']['get']['parameters']['query']>;

/** The categories of the products that match the filters, except for a filter by category. */
export function categoryList({ q, in_stock, min_price, max_price }: CategoryFilters) {
  const filters = { q, in_stock, min_price, max_price };
  return queryOptions({
    queryKey: ['categories', filters],
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { ...filters };
      const { items } = await answer(api.GET('/api/v1/products/categories', { params: { query }, signal }));
      return items;
    },
  });
}
