import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';

/** Queries, by client, for which a reload waits until the current request has ended. */
const waiting = new WeakMap<QueryClient, Set<string>>();

/**
 * Loads the active queries under this key again after a change on the server. A running request may not include the
 * change, so another one follows it. Changes that arrive in the meantime share that one.
 */
export async function reload(queryClient: QueryClient, { queryKey }: { queryKey: QueryKey }): Promise<void> {
  if (queryClient.isFetching({ queryKey }) > 0) {
    const keys = waiting.get(queryClient) ?? new Set();
    waiting.set(queryClient, keys);
    const key = hashKey(queryKey);
    if (keys.has(key)) return;
    keys.add(key);
    await fetched(queryClient, queryKey);
    keys.delete(key);
  }
  await queryClient.invalidateQueries({ queryKey });
}

/** Resolves when no query under this key is being loaded. */
function fetched(queryClient: QueryClient, queryKey: QueryKey): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = queryClient.getQueryCache().subscribe(() => {
      if (queryClient.isFetching({ queryKey }) > 0) return;
      unsubscribe();
      resolve();
    });
  });
}
