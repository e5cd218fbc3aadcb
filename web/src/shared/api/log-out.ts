import { answer, api } from '@/shared/api/client';
import { endSession } from '@/shared/api/session';

/** Longest time for which unsent work delays a logout. */
const UNSENT_WORK_MS = 5_000;

const lastRequests = new Set<() => Promise<void>>();

/** Registers work that needs the session: it is done before a logout. Returns a function that removes it. */
export function beforeLogOut(send: () => Promise<void>): () => void {
  lastRequests.add(send);
  return () => lastRequests.delete(send);
}

/** Logs out of all tabs of this browser, even if the server can't be reached. */
export async function logOut(): Promise<void> {
  const waited = new Promise((resolve) => setTimeout(resolve, UNSENT_WORK_MS));
  await Promise.race([Promise.allSettled([...lastRequests].map((send) => send())), waited]);
  await answer(api.POST('/api/v1/auth/logout')).catch(() => undefined);
  endSession();
}
