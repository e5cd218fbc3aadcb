import { QueryClient } from '@tanstack/react-query';

import { ApiError } from '@/shared/api/problem';
import { sessionStore } from '@/shared/api/session';

const RETRIES_MAX = 3;

/** Reads are tried again only when that may help. Commands say themselves when they are sent again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < RETRIES_MAX && error instanceof ApiError && error.transient,
      retryDelay: (attempt) => Math.min(4_000, 300 * 2 ** attempt),
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

// What one person has read is not for the next.
let accountId = sessionStore.get()?.account.id;
sessionStore.subscribe(() => {
  const next = sessionStore.get()?.account.id;
  if (next !== accountId) queryClient.clear();
  accountId = next;
});
