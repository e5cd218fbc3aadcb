import { infiniteQueryOptions } from '@tanstack/react-query';

import { answer, api } from '@/shared/api/client';
import { minPosition } from '@/shared/api/read-your-writes';
import { keepNewer, newerPages } from '@/shared/keep-newer';

const PAGE_SIZE = 20;

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
