import createClient from 'openapi-fetch';

import { origin, sendNow } from '@/shared/api/origin';
import type { paths } from '@/shared/api/schema.gen';
import { expireSession, sessionStore, startSession } from '@/shared/api/session';

/** Time before expiry at which a token is refreshed. */
const MARGIN_MS = 60_000;

/** Delay before a failed refresh is retried. */
const RETRY_MS = 10_000;

// Separate from `client.ts`: a refresh authenticates by cookie and must not send the expired token.
const api = createClient<paths>({ baseUrl: origin, fetch: sendNow });

let underway: Promise<void> | null = null;

/** Whether the session's token expires soon and needs a refresh. */
function isStale(): boolean {
  const session = sessionStore.get();
  return session !== null && session.expiresAt - MARGIN_MS <= Date.now();
}

/** Refreshes the session's token if it expires soon. Concurrent calls share one request. */
export async function freshenSession(): Promise<void> {
  if (!isStale()) return;
  underway ??= refresh().finally(() => {
    underway = null;
  });
  await underway;
}

async function refresh(): Promise<void> {
  const before = sessionStore.get();
  const exchange = await api.POST('/api/v1/auth/refresh').catch(() => null);
  if (exchange === null || sessionStore.get() !== before) return;
  const next = exchange.data;
  if (next === undefined) {
    if (exchange.response.status === 401) expireSession();
    return;
  }
  // Tabs share the cookie: another account may have logged in in another tab.
  if (next.account.id === before?.account.id) startSession(next.access_token, next.expires_in, next.account);
  else expireSession();
}

/** Handles a 401: refreshes an expired token, and ends the session if an unexpired one was rejected. */
export function tokenRefused(): void {
  if (isStale()) void freshenSession();
  else expireSession();
}

/** Refreshes the session's token before it expires. Returns a function that stops it. */
export function keepSessionFresh(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (atLeastMs: number) => {
    clearTimeout(timer);
    const session = sessionStore.get();
    if (session === null) return;
    const restMs = session.expiresAt - MARGIN_MS - Date.now();
    timer = setTimeout(
      () => void freshenSession().finally(() => wait(RETRY_MS)),
      Math.max(atLeastMs, restMs),
    );
  };
  wait(0);
  const unsubscribe = sessionStore.subscribe(() => wait(0));
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
