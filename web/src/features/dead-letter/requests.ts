import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import type { DeadLetterConditions } from '@/features/dead-letter/search';
import { answer, api, type Schema } from '@/shared/api/client';

const PAGE_SIZE = 50;

/** Key of everything that changes with a retry or a skip. */
export const DEAD_LETTERS = ['dead-letters'] as const;

export function deadLetterPages(conditions: DeadLetterConditions) {
  return infiniteQueryOptions({
    queryKey: [...DEAD_LETTERS, 'list', conditions],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/admin/dead-letters', {
          params: { query: { ...conditions, limit: PAGE_SIZE, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function oneDeadLetter(id: string) {
  return queryOptions({
    queryKey: [...DEAD_LETTERS, 'one', id],
    retry: false,
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/admin/dead-letters/{id}', { params: { path: { id } }, signal })),
  });
}

export function operatorActions() {
  return queryOptions({
    queryKey: [...DEAD_LETTERS, 'actions'],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/admin/operator-actions', {
          params: { query: { subject: 'dead_letter', limit: 20 } },
          signal,
        }),
      ),
  });
}

export function retryOne(id: string) {
  return answer(api.POST('/api/v1/admin/dead-letters/{id}/retry', { params: { path: { id } }, body: {} }));
}

export function skipOne(id: string, body: Schema<'SkipDeadLetter'>) {
  return answer(api.POST('/api/v1/admin/dead-letters/{id}/skip', { params: { path: { id } }, body }));
}

/** Counts the parked keys that meet the conditions, or retries them. */
export function retryAll(conditions: DeadLetterConditions, dryRun: boolean) {
  return answer(api.POST('/api/v1/admin/dead-letters', { body: { ...conditions, dry_run: dryRun } }));
}
