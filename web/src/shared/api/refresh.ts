import createClient from 'openapi-fetch';

import { origin, sendNow } from '@/shared/api/origin';
import type { paths } from '@/shared/api/schema.gen';
import { expireSession, sessionStore, startSession } from '@/shared/api/session';

/** How long before its end a token is exchanged for the next one. */
const MARGIN_MS = 60_000;

/** How long to wait after the server could not be asked. */
const RETRY_MS = 10_000;

// Not the client of `client.ts`: this request carries a cookie, and must not carry the token that is over.
const api = createClient<paths>({ baseUrl: origin, fetch: sendNow });

let underway: Promise<void> | null = null;

/** Whether the session's token counts for so short a time that it should be exchanged first. */
function isStale(): boolean {
  const session = sessionStore.get();
  return session !== null && session.expiresAt - MARGIN_MS <= Date.now();
}

/** Sees to it that the session's token counts for a while, if the server can be asked. */
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
  // The cookie is the browser's: somebody else may have logged in with it, in another tab.
  if (next.account.id === before?.account.id) startSession(next.access_token, next.expires_in, next.account);
  else expireSession();
}

/** The server refused the session's token: one that should count has been revoked. */
export function tokenRefused(): void {
  if (isStale()) void freshenSession();
  else expireSession();
}

/** Exchanges the session's token in time, from now on. Returns what ends it. */
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
  const forget = sessionStore.subscribe(() => wait(0));
  return () => {
    clearTimeout(timer);
    forget();
  };
}
