import * as v from 'valibot';

import { answer, api, newIdempotencyKey } from '@/shared/api/client';
import { idempotencyKey } from '@/shared/api/command';
import { rememberPosition } from '@/shared/api/read-your-writes';
import { ApiError } from '@/shared/api/problem';
import { createStore } from '@/shared/store';

const entrySchema = v.object({
  /** The idempotency key: however often it is sent, it counts once. */
  key: v.string(),
  accountId: v.string(),
  deliveryId: v.string(),
  status: v.picklist(['picked_up', 'on_the_way', 'delivered', 'attempt_failed', 'returning', 'returned']),
  reason: v.optional(v.string()),
});

export type OutboxEntry = v.InferOutput<typeof entrySchema>;

/** A step that the server took: it holds until the row that was read is as new. */
export interface Accepted {
  deliveryId: string;
  status: OutboxEntry['status'];
  position: number;
}

interface Outbox {
  /** What the courier did and the server does not know yet, oldest first. */
  entries: OutboxEntry[];
  /** The last step of each delivery that the server took while this page is open. */
  accepted: Accepted[];
  /** Why the server refused something, until the courier has read it. */
  refusal: string | null;
}

const KEY = 'waybill.courier-outbox';
const RETRY_MS = 3_000;

function restore(): Outbox {
  try {
    const parsed = v.safeParse(v.array(entrySchema), JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    return { entries: parsed.success ? parsed.output : [], accepted: [], refusal: null };
  } catch {
    return { entries: [], accepted: [], refusal: null };
  }
}

export const outboxStore = createStore<Outbox>(restore());
outboxStore.subscribe(() => localStorage.setItem(KEY, JSON.stringify(outboxStore.get().entries)));

let isFlushing = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Notes what the courier did, and sends it as soon as that is possible. */
export function record(entry: Omit<OutboxEntry, 'key'>): Promise<void> {
  const { entries, accepted } = outboxStore.get();
  outboxStore.set({ entries: [...entries, { ...entry, key: newIdempotencyKey() }], accepted, refusal: null });
  return flush(entry.accountId);
}

export function dismissRefusal(): void {
  outboxStore.set({ ...outboxStore.get(), refusal: null });
}

/** Sends what waits, in order. What cannot be sent now is tried again later; what is refused is dropped and said. */
export async function flush(accountId: string): Promise<void> {
  if (isFlushing) return;
  clearTimeout(timer);
  isFlushing = true;
  try {
    for (let next = nextFor(accountId); next !== undefined; next = nextFor(accountId)) await send(next);
  } catch {
    timer = setTimeout(() => void flush(accountId), RETRY_MS);
  } finally {
    isFlushing = false;
  }
}

function nextFor(accountId: string): OutboxEntry | undefined {
  return outboxStore.get().entries.find((entry) => entry.accountId === accountId);
}

async function send({ key, deliveryId, status, reason }: OutboxEntry): Promise<void> {
  const params = { path: { id: deliveryId }, header: idempotencyKey(key) };
  const body = reason === undefined ? { status } : { status, reason };
  try {
    const done = await answer(api.PUT('/api/v1/deliveries/{id}/status', { params, body }));
    rememberPosition(done.position);
    accept({ deliveryId, status, position: done.position });
    keepOnly((entry) => entry.key !== key, null);
  } catch (error) {
    const isFinal = error instanceof ApiError && !error.transient && error.status !== 401;
    if (!isFinal) throw error;
    // What followed on it makes no sense any more.
    keepOnly((entry) => entry.deliveryId !== deliveryId, error.problem.detail);
  }
}

function keepOnly(keep: (entry: OutboxEntry) => boolean, refusal: string | null): void {
  const current = outboxStore.get();
  outboxStore.set({ ...current, entries: current.entries.filter(keep), refusal: refusal ?? current.refusal });
}

function accept(step: Accepted): void {
  const current = outboxStore.get();
  const others = current.accepted.filter((each) => each.deliveryId !== step.deliveryId);
  outboxStore.set({ ...current, accepted: [...others, step] });
}
