import { infiniteQueryOptions, type QueryClient } from '@tanstack/react-query';

import { answer, api, bearer, type Schema } from '@/shared/api/client';
import { carryOut, idempotencyKey } from '@/shared/api/command';
import { minPosition } from '@/shared/api/read-your-writes';
import { reload } from '@/shared/reload';

const PAGE_SIZE = 20;
const NOTES = 'order-notes';

/** Loads the notes on one order, newest first; `guest` is the token of the guest who placed it. */
export function orderNotes(orderId: string, guest: string | null) {
  return infiniteQueryOptions({
    queryKey: [NOTES, orderId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/orders/{id}/notes', {
          params: {
            path: { id: orderId },
            query: { limit: PAGE_SIZE, cursor: pageParam, ...minPosition() },
          },
          headers: bearer(guest),
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** Loads the notes again where they are shown: those of one order, or all. */
export function refreshNotes(queryClient: QueryClient, orderId?: string): Promise<void> {
  return reload(queryClient, { queryKey: orderId === undefined ? [NOTES] : [NOTES, orderId] });
}

/** Adds a note once, even when it is sent again with the same `key`. */
export function addNote(orderId: string, note: Schema<'AddOrderNote'>, key: string, guest: string | null) {
  const params = { path: { id: orderId }, header: idempotencyKey(key) };
  return carryOut(api.POST('/api/v1/orders/{id}/notes', { params, headers: bearer(guest), body: note }));
}
