import { infiniteQueryOptions } from '@tanstack/react-query';

import type { CatalogueSearch } from '@/features/product/search';
import { answer, api } from '@/shared/api/client';
import { minPosition } from '@/shared/api/read-your-writes';

export const PAGE_SIZE = 24;

export function productPages(search: CatalogueSearch) {
  return infiniteQueryOptions({
    queryKey: ['products', search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/products', {
          params: { query: { ...search, limit: PAGE_SIZE, cursor: pageParam, ...minPosition() } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}
