import { QueryClient } from '@tanstack/react-query';

import { ApiError } from '@/shared/api/problem';
import { hintStore } from '@/shared/api/session';

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

// Forgets the data of an account that logs out, and loads what is shown again.
let accountId = hintStore.get()?.id;
hintStore.subscribe(() => {
  const next = hintStore.get()?.id;
  if (next === accountId) return;
  accountId = next;
  queryClient.removeQueries({ type: 'inactive' });
  void queryClient.resetQueries();
});
