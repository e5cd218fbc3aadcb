import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { dismissDropped, flush, record, release, undo, UNDO_MS } from '@/features/courier/outbox';
import { EMPTY, outboxStore } from '@/features/courier/outbox-store';
import { logOut } from '@/shared/api/log-out';
import { endSession, startSession } from '@/shared/api/session';

const STEP = {
  accountId: 'me',
  deliveryId: 'd1',
  orderNumber: 'WB-0000-0001',
  status: 'picked_up' as const,
  from: 'assigned' as const,
};
const NEXT = { ...STEP, status: 'on_the_way' as const, from: 'picked_up' as const };

interface Sent {
  key: string | null;
  body: unknown;
  keepalive: boolean;
}

/** Status of the delivery on the server; null if it belongs to another courier. */
let onServer: string | null = 'assigned';

/** Status that the server names when it refuses a step. */
let named: string | undefined;

const refusal = (status: number) =>
  Response.json(
    {
      type: 'https://waybill.dev/problems/invalid-state',
      title: 'No',
      status,
      detail: 'It is cancelled.',
      delivery_status: named,
    },
    { status },
  );

/** Stubs `fetch` to respond to steps with these statuses in order, then with 200; 0 is a network error. */
function serve(...statuses: number[]): Sent[] {
  const sent: Sent[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const request = input as Request;
    if (request.url.endsWith('/auth/logout')) return new Response(null, { status: 204 });
    if (request.method === 'GET')
      return onServer === null ? refusal(404) : Response.json({ status: onServer, position: 7 });
    const { headers, keepalive } = request;
    sent.push({ key: headers.get('Idempotency-Key'), body: await request.json(), keepalive });
    const status = statuses.shift() ?? 200;
    if (status === 0) throw new TypeError('no network');
    return status === 200 ? Response.json({ id: 'd1', version: 2, position: 9 }) : refusal(status);
  });
  return sent;
}

const stepsOf = (sent: Sent[]) => sent.map((each) => (each.body as { status: string }).status);
const entries = () => outboxStore.get().entries;

beforeEach(() => {
  vi.useFakeTimers();
  onServer = 'assigned';
  named = undefined;
  outboxStore.set(EMPTY);
  startSession('token', 900, { id: 'me', email: 'me@example.com', name: 'Me', roles: ['courier'] });
});

afterEach(() => {
  endSession();
  vi.clearAllTimers();
  vi.useRealTimers();
});

it('sends a step when the time to undo it is over', async () => {
  const sent = serve();
  record(STEP);
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(stepsOf(sent)).toEqual(['picked_up']);
  expect(entries()).toEqual([]);
  expect(outboxStore.get().accepted).toMatchObject([{ deliveryId: 'd1', status: 'picked_up', position: 9 }]);
});

it('never sends a step that was undone', async () => {
  const sent = serve();
  record(STEP);
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
  undo(entries()[0]?.key ?? '');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([]);
  expect(entries()).toEqual([]);
});

it('sends a held step at once when the page is left, with a request that outlives the page', async () => {
  const sent = serve();
  record(STEP);
  record({ ...STEP, deliveryId: 'd2' });
  await release('me');
  expect(sent.map((each) => each.keepalive)).toEqual([true, true]);
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(sent).toHaveLength(2);
});

it('sends a held step before a logout', async () => {
  const sent = serve();
  record(STEP);
  await logOut();
  expect(stepsOf(sent)).toEqual(['picked_up']);
});

it('keeps unsent steps across a reload and resends them in order with the same key', async () => {
  const sent = serve(0, 503);
  record(STEP);
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  record(NEXT);
  await vi.advanceTimersByTimeAsync(0);
  expect(JSON.parse(localStorage.getItem('waybill.courier-outbox') ?? '')).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(entries()).toEqual([]);
  expect(stepsOf(sent)).toEqual(['picked_up', 'picked_up', 'picked_up', 'on_the_way']);
  expect(new Set(sent.slice(0, 3).map((each) => each.key)).size).toBe(1);
});

it('shows only the first attempt as being sent, so that the courier can continue', async () => {
  serve(0, 0, 0);
  record(STEP);
  const shown: number[] = [];
  const stop = outboxStore.subscribe(() => shown.push(outboxStore.get().sending.length));
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(Math.max(...shown)).toBe(1);
  shown.length = 0;
  await vi.advanceTimersByTimeAsync(4_000);
  expect(Math.max(...shown)).toBe(0);
  stop();
});

it('drops a rejected step and the later ones of that delivery, and says why', async () => {
  serve(0, 409);
  record(STEP);
  record(NEXT);
  await vi.advanceTimersByTimeAsync(UNDO_MS + 4_000);
  expect(entries()).toEqual([]);
  expect(outboxStore.get().dropped).toMatchObject([{ orderNumber: 'WB-0000-0001', why: 'It is cancelled.' }]);
  dismissDropped();
  expect(outboxStore.get().dropped).toEqual([]);
});

it('sends the status that the courier saw, and says what the delivery has become', async () => {
  named = 'attempt_failed';
  const sent = serve(409);
  record(NEXT);
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(sent[0]?.body).toEqual({ status: 'on_the_way', from: 'picked_up' });
  expect(outboxStore.get().dropped).toMatchObject([
    { why: '"On the way" was not saved, because the delivery has changed: Couldn\'t deliver' },
  ]);
});

it('drops a step that waited while the delivery changed, instead of applying it to another status', async () => {
  const sent = serve(...Array<number>(9).fill(0));
  record(NEXT);
  onServer = 'picked_up';
  await vi.advanceTimersByTimeAsync(20_000);
  expect(entries()).toHaveLength(1);
  const tries = sent.length;
  onServer = 'attempt_failed';
  await vi.advanceTimersByTimeAsync(4_000);
  expect(sent).toHaveLength(tries);
  expect(outboxStore.get().dropped[0]?.why).toContain("Couldn't deliver");
});

it('takes a step as sent if the delivery has its status already', async () => {
  const sent = serve(0, 0, 0);
  record(STEP);
  await vi.advanceTimersByTimeAsync(UNDO_MS + 1_000);
  onServer = 'picked_up';
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent.length).toBeLessThan(5);
  expect(outboxStore.get()).toMatchObject({ entries: [], dropped: [], accepted: [{ status: 'picked_up' }] });
});

it('takes a step as sent if another tab has taken it', async () => {
  named = 'picked_up';
  serve(409);
  record(STEP);
  onServer = 'picked_up';
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(outboxStore.get()).toMatchObject({
    entries: [],
    dropped: [],
    accepted: [{ status: 'picked_up', position: 7 }],
  });
});

it('says that a delivery was given to another courier while this one was offline', async () => {
  serve(0, 0, 0);
  record(STEP);
  await vi.advanceTimersByTimeAsync(UNDO_MS + 1_000);
  onServer = null;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(outboxStore.get().dropped).toMatchObject([{ why: 'This delivery was given to another courier' }]);
});

it('sends nothing in the session of another account', async () => {
  const sent = serve();
  record({ ...STEP, accountId: 'other' });
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  await flush('me');
  await release('other');
  expect(sent).toEqual([]);
  expect(entries()).toHaveLength(1);
});

it('takes over the steps that another tab has stored, also one without the status that it starts from', () => {
  const entry = { ...STEP, key: 'k', heldUntil: 1 };
  const { from, ...old } = entry;
  for (const stored of [entry, old]) {
    localStorage.setItem('waybill.courier-outbox', JSON.stringify([stored]));
    window.dispatchEvent(new StorageEvent('storage', { key: 'waybill.courier-outbox' }));
    expect(entries()).toEqual([{ ...entry, from }]);
  }
});
