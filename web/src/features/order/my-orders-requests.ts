import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';
import { minPosition } from '@/shared/api/read-your-writes';
import { keepNewer, newerRows } from '@/shared/keep-newer';
import { itemsOf } from '@/shared/paging';

const PAGE_SIZE = 20;

type OrderPages = InfiniteData<Schema<'OrderRowList'>>;

/** The loaded pages, each order in its newer state. */
function newerPages(known: OrderPages, loaded: OrderPages): OrderPages {
  const rows = itemsOf(known);
  return {
    ...loaded,
    pages: loaded.pages.map((page) => ({ ...page, items: newerRows(rows, page.items) })),
  };
}

export const myOrderPages = infiniteQueryOptions({
  queryKey: ['my-orders'],
  structuralSharing: keepNewer(newerPages),
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/orders/my-orders', {
        params: { query: { limit: PAGE_SIZE, cursor: pageParam, ...minPosition() } },
        signal,
      }),
    ),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});
