import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import type { EventConditions } from '@/features/event/search';
import { answer, api } from '@/shared/api/client';

const PAGE_SIZE = 50;

/** Maximum number of new events that are added to a list; with more, it is loaded again. */
const NEW_MAX = 100;

export function eventPages(conditions: EventConditions) {
  return infiniteQueryOptions({
    queryKey: ['events', conditions],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/admin/events', {
          params: { query: { ...conditions, limit: PAGE_SIZE, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** Events after a position, newest first. */
export function eventsAfter(conditions: EventConditions, after: number, signal: AbortSignal) {
  const query = { ...conditions, after, limit: NEW_MAX };
  return answer(api.GET('/api/v1/admin/events', { params: { query }, signal }));
}

export function oneEvent(position: number) {
  return queryOptions({
    queryKey: ['event', position],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/admin/events/{position}', { params: { path: { position } }, signal })),
  });
}
