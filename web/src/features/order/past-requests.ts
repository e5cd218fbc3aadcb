import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import type { Moment } from '@/features/order/search';
import { answer, api, bearer, type Schema } from '@/shared/api/client';
import { minPosition } from '@/shared/api/read-your-writes';

const PAGE_SIZE = 100;

/** Maximum number of pages of a history that are loaded. */
const PAGES_MAX = 10;

/** An order at a moment of its past. */
export function pastOrder(id: string, moment: Moment, guest: string | null) {
  return queryOptions({
    queryKey: ['past-order', id, moment],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/orders/{id}', {
          params: { path: { id }, query: { ...moment, ...minPosition() } },
          headers: bearer(guest),
          signal,
        }),
      ),
  });
}

/** The events of an order up to its present `position`, oldest first: as far as the reader sees them, at most 1,000. */
export function orderHistory(id: string, position: number, guest: string | null) {
  return queryOptions({
    queryKey: ['order-history', id, position],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const events: Schema<'HistoryEvent'>[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const query = { limit: PAGE_SIZE, cursor, ...minPosition() };
        const { items, next_cursor } = await answer(
          api.GET('/api/v1/orders/{id}/history', {
            params: { path: { id }, query },
            headers: bearer(guest),
            signal,
          }),
        );
        events.push(...items);
        if (next_cursor === null) return { events, isComplete: true };
        cursor = next_cursor;
      }
      return { events, isComplete: false };
    },
  });
}

/** The commands about an order up to its present `position`, and their events, as a tree. For admins. */
export function orderCausation(id: string, position: number) {
  return queryOptions({
    queryKey: ['order-causation', id, position],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/orders/{id}/causation', {
          params: { path: { id }, query: minPosition() },
          signal,
        }),
      ),
  });
}
