import { queryOptions } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';

export type Verification = Schema<'LogVerification'>;

/** Time between two looks at a verification that runs, and at the list while none does. */
const RUNNING_MS = 1_000;
const IDLE_MS = 15_000;

export function isRunning(verification: Verification | undefined): boolean {
  return verification?.finished_at === null;
}

/** The last verifications of the log, newest first. */
export const verifications = queryOptions({
  queryKey: ['log-verifications'],
  queryFn: async ({ signal }) => {
    const { items } = await answer(api.GET('/api/v1/admin/log/verifications', { signal }));
    return items;
  },
  refetchInterval: ({ state }) => (isRunning(state.data?.[0]) ? RUNNING_MS : IDLE_MS),
});

/** Starts a verification; refused while one runs. */
export function verifyLog() {
  return answer(api.POST('/api/v1/admin/log/verifications'));
}

/** The newest anchors of the log. */
export const anchors = queryOptions({
  queryKey: ['log-anchors'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/admin/log/anchors', { signal })),
});

/** Writes an anchor; the newest one if nothing was recorded since. */
export function anchorLog() {
  return answer(api.POST('/api/v1/admin/log/anchors'));
}
