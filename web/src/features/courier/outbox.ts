import * as v from 'valibot';

import { answer, api, newIdempotencyKey } from '@/shared/api/client';
import { idempotencyKey } from '@/shared/api/command';
import { rememberPosition } from '@/shared/api/read-your-writes';
import { ApiError } from '@/shared/api/problem';
import { createStore } from '@/shared/store';

const entrySchema = v.object({
  /** Idempotency key: the server applies the update once, however often it is sent. */
  key: v.string(),
  accountId: v.string(),
  deliveryId: v.string(),
  status: v.picklist(['picked_up', 'on_the_way', 'delivered', 'attempt_failed', 'returning', 'returned']),
  reason: v.optional(v.string()),
});

export type OutboxEntry = v.InferOutput<typeof entrySchema>;

/** Update the server accepted. Shown until the read model includes its position. */
export interface Accepted {
  deliveryId: string;
  status: OutboxEntry['status'];
  position: number;
}

interface Outbox {
  /** Updates not sent yet, oldest first. */
  entries: OutboxEntry[];
  /** Last accepted update of each delivery since the page was opened. */
  accepted: Accepted[];
  /** Why the server rejected an update, until the courier dismisses it. */
  error: string | null;
}

const KEY = 'waybill.courier-outbox';
const RETRY_MS = 3_000;

function restore(): Outbox {
  try {
    const parsed = v.safeParse(v.array(entrySchema), JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    return { entries: parsed.success ? parsed.output : [], accepted: [], error: null };
  } catch {
    return { entries: [], accepted: [], error: null };
  }
}

export const outboxStore = createStore<Outbox>(restore());
outboxStore.subscribe(() => localStorage.setItem(KEY, JSON.stringify(outboxStore.get().entries)));

let isFlushing = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Stores an update and sends it as soon as the server can be reached. */
export function record(entry: Omit<OutboxEntry, 'key'>): Promise<void> {
  const { entries, accepted } = outboxStore.get();
  outboxStore.set({ entries: [...entries, { ...entry, key: newIdempotencyKey() }], accepted, error: null });
  return flush(entry.accountId);
}

export function dismissError(): void {
  outboxStore.set({ ...outboxStore.get(), error: null });
}

/** Sends waiting updates in order. Retries transient failures later; drops rejected updates and reports why. */
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
    // Later updates of this delivery depend on the rejected one.
    keepOnly((entry) => entry.deliveryId !== deliveryId, error.problem.detail);
  }
}

function keepOnly(keep: (entry: OutboxEntry) => boolean, reason: string | null): void {
  const current = outboxStore.get();
  outboxStore.set({ ...current, entries: current.entries.filter(keep), error: reason ?? current.error });
}

function accept(step: Accepted): void {
  const current = outboxStore.get();
  const others = current.accepted.filter((each) => each.deliveryId !== step.deliveryId);
  outboxStore.set({ ...current, accepted: [...others, step] });
}
