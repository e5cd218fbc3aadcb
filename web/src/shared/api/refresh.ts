import { cookieApi, inTurn } from '@/shared/api/cookie-client';
import {
  expireSession,
  followOtherTabs,
  hintStore,
  isSessionKnown,
  sessionStore,
  startSession,
} from '@/shared/api/session';

/** Time before expiry at which a token is refreshed. */
const MARGIN_MS = 60_000;

/** Delay before a failed refresh is retried. */
const RETRY_MS = 10_000;

let underway: Promise<void> | null = null;

/** Time until this page needs a refresh; null without a session. */
function freshForMs(): number | null {
  if (hintStore.get() === null) return null;
  const session = isSessionKnown() ? sessionStore.get() : null;
  return session === null ? 0 : Math.max(0, session.expiresAt - MARGIN_MS - Date.now());
}

/**
 * Fetches a token if this page has none yet, or if it expires soon. Concurrent calls share one request. After a network
 * error the session stays as it is; `isSessionKnown` tells whether there is one.
 */
export async function freshenSession(): Promise<void> {
  if (freshForMs() !== 0) return;
  underway ??= inTurn(refresh)
    .catch(() => undefined)
    .finally(() => {
      underway = null;
    });
  await underway;
}

async function refresh(signal: AbortSignal): Promise<void> {
  // Another tab may have logged in or out while this one waited for its turn.
  followOtherTabs();
  if (freshForMs() !== 0) return;
  const exchange = await cookieApi.POST('/api/v1/auth/refresh', { signal });
  followOtherTabs();
  if (hintStore.get() === null) return;
  const next = exchange.data;
  if (next !== undefined) startSession(next.access_token, next.expires_in, next.account);
  else if (exchange.response.status === 401) expireSession();
}

/** Waits until this page has the session of the browser, or knows that there is none. */
export async function sessionSettled(): Promise<void> {
  if (!isSessionKnown()) await freshenSession();
}

/** Handles a 401: refreshes an expired token, and ends the session if an unexpired one was rejected. */
export function tokenRefused(): void {
  if (freshForMs() === 0) void freshenSession();
  else expireSession();
}

/** Fetches the session at the start, and a new token before it expires. Returns a function that stops it. */
export function keepSessionFresh(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const freshen = () => void freshenSession().finally(() => wait(RETRY_MS));
  const wait = (atLeastMs: number) => {
    clearTimeout(timer);
    const restMs = freshForMs();
    if (restMs !== null) timer = setTimeout(freshen, Math.max(atLeastMs, restMs));
  };
  const start = () => {
    if (freshForMs() === 0) freshen();
    else wait(0);
  };
  const unsubscribes = [sessionStore.subscribe(start), hintStore.subscribe(start)];
  start();
  return () => {
    clearTimeout(timer);
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}
