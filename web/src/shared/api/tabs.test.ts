import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const ADA = { id: 'a', email: 'ada@example.com', name: 'Ada', roles: ['courier' as const] };
const KEY = 'waybill.account';

/** Cookie of the browser: number of refreshes, or null when nobody is logged in. */
let cookie: number | null = null;
/** Cookie that each refresh was sent with. */
let sent: number[] = [];
/** Answers to refreshes wait for this. */
let network: Promise<void> = Promise.resolve();
let isReachable = true;
let stops: (() => void)[] = [];

/** Server that, unlike the real one, accepts each refresh cookie only once. */
async function serve(request: Request): Promise<Response> {
  if (!isReachable) throw new TypeError('offline');
  if (!request.url.endsWith('/auth/refresh')) return Response.json({});
  const used = cookie;
  if (used !== null) sent.push(used);
  await network;
  if (used === null || used !== cookie) return Response.json({ title: 'Unauthorized' }, { status: 401 });
  cookie = used + 1;
  return Response.json({
    access_token: `token-${cookie}`,
    token_type: 'Bearer',
    expires_in: 900,
    account: ADA,
  });
}

/** Web Locks of one origin. */
function locks() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request: (_: string, run: () => Promise<unknown>) => {
      last = last.then(run, run);
      return last;
    },
  };
}

/** A tab: its own copy of the modules, with the storage, cookie and locks of the browser. */
async function openTab() {
  vi.resetModules();
  const session = await import('@/shared/api/session');
  const refresh = await import('@/shared/api/refresh');
  const client = await import('@/shared/api/client');
  stops.push(refresh.keepSessionFresh());
  return { ...session, ...refresh, ...client, account: () => session.sessionStore.get()?.account.id };
}

/** Tells all tabs that the storage has changed, as the browser does. */
function storageEvent(): void {
  window.dispatchEvent(new StorageEvent('storage', { key: KEY }));
}

beforeEach(() => {
  [cookie, sent, network, isReachable, stops] = [1, [], Promise.resolve(), true, []];
  localStorage.setItem(KEY, JSON.stringify({ id: ADA.id, roles: ADA.roles }));
  vi.stubGlobal('fetch', serve);
  vi.stubGlobal('navigator', { locks: locks() });
});

afterEach(() => {
  for (const stop of stops) stop();
  vi.unstubAllGlobals();
});

it('a new tab fetches the session of the browser before it decides that nobody is logged in', async () => {
  const tab = await openTab();
  expect(tab.isSessionKnown()).toBe(false);
  await tab.sessionSettled();
  expect(tab.account()).toBe('a');
});

it('without a session of the browser, a new tab asks for none', async () => {
  localStorage.clear();
  const tab = await openTab();
  await tab.sessionSettled();
  expect(tab.isSessionKnown()).toBe(true);
  expect(sent).toEqual([]);
});

it('tabs that refresh at the same moment take turns, so that no cookie is used twice', async () => {
  const [left, right] = [await openTab(), await openTab()];
  await Promise.all([left.sessionSettled(), right.sessionSettled()]);
  expect(sent).toEqual([1, 2]);
  expect([left.account(), right.account()]).toEqual(['a', 'a']);
});

it('a logout in one tab ends the session in all', async () => {
  const [left, right] = [await openTab(), await openTab()];
  await Promise.all([left.sessionSettled(), right.sessionSettled()]);
  left.endSession();
  storageEvent();
  expect(right.sessionStore.get()).toBeNull();
  expect([left.sessionEndedStore.get(), right.sessionEndedStore.get()]).toEqual([false, true]);
});

it('a login in one tab reaches the others', async () => {
  localStorage.clear();
  const [left, right] = [await openTab(), await openTab()];
  left.startSession('token-1', 900, ADA);
  storageEvent();
  await right.sessionSettled();
  expect(right.account()).toBe('a');
});

it('a logout during a refresh of another tab is not undone by its answer', async () => {
  const [left, right] = [await openTab(), await openTab()];
  await Promise.all([left.sessionSettled(), right.sessionSettled()]);
  let arrive = () => undefined as unknown;
  network = new Promise((resolve) => (arrive = () => resolve()));
  const late = await openTab();
  const settled = late.sessionSettled();
  left.endSession();
  arrive();
  await settled;
  expect(late.sessionStore.get()).toBeNull();
  expect(localStorage.getItem(KEY)).toBeNull();
});

it('a tab that cannot reach the server neither ends the session nor asks as a stranger', async () => {
  isReachable = false;
  const tab = await openTab();
  await tab.sessionSettled();
  await expect(tab.answer(tab.api.GET('/api/v1/auth/profile'))).rejects.toMatchObject({ status: 0 });
  expect(tab.isSessionKnown()).toBe(false);
  isReachable = true;
  await tab.sessionSettled();
  expect(tab.account()).toBe('a');
});

it('keeps no token in the storage of the browser', async () => {
  const tab = await openTab();
  await tab.sessionSettled();
  expect(JSON.stringify([localStorage, sessionStorage])).not.toContain('token-');
});
