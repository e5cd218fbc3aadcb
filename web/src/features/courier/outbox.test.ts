import { beforeEach, expect, it, vi } from 'vitest';

import { dismissError, flush, outboxStore, record } from '@/features/courier/outbox';

const entry = { accountId: 'me', deliveryId: 'd1', status: 'picked_up' as const };

interface Sent {
  key: string | null;
  body: unknown;
}

/** Stubs `fetch` to respond with these statuses in order; 0 is a network error. */
function serve(...statuses: number[]): Sent[] {
  const sent: Sent[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const request = input as Request;
    sent.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() });
    const status = statuses.shift() ?? 200;
    if (status === 0) throw new TypeError('no network');
    const refused = {
      type: 'https://waybill.dev/problems/invalid-state',
      title: 'No',
      status,
      detail: 'It is cancelled.',
    };
    const body = status === 200 ? { id: 'd1', version: 2, position: 9 } : refused;
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
  });
  return sent;
}

beforeEach(() => {
  outboxStore.set({ entries: [], accepted: [], error: null });
  vi.useFakeTimers();
});

it('sends an update immediately', async () => {
  const sent = serve(200);
  await record(entry);
  expect(sent[0]?.body).toEqual({ status: 'picked_up' });
  expect(outboxStore.get().entries).toEqual([]);
  expect(outboxStore.get().accepted).toEqual([{ deliveryId: 'd1', status: 'picked_up', position: 9 }]);
});

it('keeps unsent updates across a reload and resends them in order with the same key', async () => {
  const sent = serve(0, 503, 200, 200);
  await record(entry);
  await record({ ...entry, status: 'on_the_way' });
  expect(outboxStore.get().entries).toHaveLength(2);
  expect(JSON.parse(localStorage.getItem('waybill.courier-outbox') ?? '')).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(outboxStore.get().entries).toEqual([]);
  expect(sent.map((each) => each.body)).toEqual([
    { status: 'picked_up' },
    { status: 'picked_up' },
    { status: 'picked_up' },
    { status: 'on_the_way' },
  ]);
  expect(new Set(sent.slice(0, 3).map((each) => each.key)).size).toBe(1);
});

it('drops a rejected update and the later ones of that delivery, and keeps the reason', async () => {
  serve(0, 409);
  await record(entry);
  outboxStore.set({
    ...outboxStore.get(),
    entries: [...outboxStore.get().entries, { ...entry, key: 'k2', status: 'on_the_way' }],
  });
  await flush('me');
  expect(outboxStore.get()).toEqual({ entries: [], accepted: [], error: 'It is cancelled.' });
  dismissError();
  expect(outboxStore.get().error).toBeNull();
});

it('ignores the updates of another courier on this device', async () => {
  const sent = serve(0);
  await record({ ...entry, accountId: 'other' });
  await flush('me');
  expect(sent).toHaveLength(1);
  expect(outboxStore.get().entries).toHaveLength(1);
});
