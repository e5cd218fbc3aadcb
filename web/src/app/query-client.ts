import { QueryClient } from '@tanstack/react-query';

import { ApiError } from '@/shared/api/problem';
import { sessionStore } from '@/shared/api/session';

const RETRIES_MAX = 3;

/** Retries reads on transient errors only. Commands handle their own retries. */
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

// Clears cached data when another account logs in.
let accountId = sessionStore.get()?.account.id;
sessionStore.subscribe(() => {
  const next = sessionStore.get()?.account.id;
  if (next !== accountId) queryClient.clear();
  accountId = next;
});
