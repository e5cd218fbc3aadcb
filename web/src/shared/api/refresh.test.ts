import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { answer, api, bearer } from '@/shared/api/client';
import { ApiError } from '@/shared/api/problem';
import { keepSessionFresh } from '@/shared/api/refresh';
import { endSession, sessionEndedStore, sessionStore, startSession } from '@/shared/api/session';

const ADA = { id: 'a', email: 'ada@example.com', name: 'Ada', roles: ['admin' as const] };
const LIFETIME_S = 900;
const ALMOST_OVER_MS = (LIFETIME_S - 59) * 1000;

/** Requests sent, as path and token. */
let sent: string[] = [];
/** Response to a token refresh. */
let exchange: () => Response;

function tokenFor(account: object, token = 'second'): Response {
  return Response.json({ access_token: token, token_type: 'Bearer', expires_in: LIFETIME_S, account });
}

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  exchange = () => tokenFor(ADA);
  vi.stubGlobal('fetch', (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/v1/', '');
    sent.push(`${path} ${request.headers.get('Authorization') ?? '-'}`);
    return Promise.resolve(path === 'auth/refresh' ? exchange() : Response.json({}));
  });
  startSession('first', LIFETIME_S, ADA);
});

afterEach(() => {
  endSession();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const ask = () => answer(api.GET('/api/v1/auth/profile'));

it('uses a valid token without refreshing it', async () => {
  await ask();
  expect(sent).toEqual(['auth/profile Bearer first']);
});

it('refreshes an expiring token once for concurrent requests', async () => {
  vi.setSystemTime(Date.now() + ALMOST_OVER_MS);
  await Promise.all([ask(), ask()]);
  expect(sent).toEqual(['auth/refresh -', 'auth/profile Bearer second', 'auth/profile Bearer second']);
});

it('refreshes the token of an idle page', async () => {
  const stop = keepSessionFresh();
  await vi.advanceTimersByTimeAsync(ALMOST_OVER_MS);
  expect(sessionStore.get()?.token).toBe('second');
  exchange = () => tokenFor(ADA, 'third');
  await vi.advanceTimersByTimeAsync(ALMOST_OVER_MS);
  expect(sessionStore.get()?.token).toBe('third');
  stop();
});

it('retries the refresh after a network error', async () => {
  exchange = () => {
    throw new TypeError('offline');
  };
  const stop = keepSessionFresh();
  await vi.advanceTimersByTimeAsync(ALMOST_OVER_MS);
  expect(sessionStore.get()?.token).toBe('first');
  exchange = () => tokenFor(ADA);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sessionStore.get()?.token).toBe('second');
  stop();
});

it('ends the session when the refresh is rejected', async () => {
  exchange = () => Response.json({ title: 'Unauthorized' }, { status: 401 });
  vi.setSystemTime(Date.now() + ALMOST_OVER_MS);
  await ask();
  expect(sessionStore.get()).toBeNull();
  expect(sessionEndedStore.get()).toBe(true);
  expect(sent.at(-1)).toBe('auth/profile -');
});

it('ends the session when its token is revoked, but not for a guest token', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ title: 'Unauthorized' }, { status: 401 })));
  const guest = api.GET('/api/v1/auth/profile', { headers: bearer('guest') });
  await expect(answer(guest)).rejects.toThrow(ApiError);
  expect(sessionStore.get()?.token).toBe('first');
  await expect(ask()).rejects.toThrow(ApiError);
  expect(sessionStore.get()).toBeNull();
});

it('takes over the account that another tab has logged in to', async () => {
  exchange = () => tokenFor({ ...ADA, id: 'b' });
  vi.setSystemTime(Date.now() + ALMOST_OVER_MS);
  await ask();
  expect(sessionStore.get()?.account.id).toBe('b');
  expect(sent.at(-1)).toBe('auth/profile Bearer second');
});

it('ignores a refresh response that arrives after logout', async () => {
  vi.setSystemTime(Date.now() + ALMOST_OVER_MS);
  const asked = ask();
  endSession();
  await asked;
  expect(sessionStore.get()).toBeNull();
});
