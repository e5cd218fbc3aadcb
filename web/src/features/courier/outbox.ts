import { changeOutbox, type OutboxEntry, outboxStore } from '@/features/courier/outbox-store';
import { answer, api, newIdempotencyKey } from '@/shared/api/client';
import { idempotencyKey } from '@/shared/api/command';
import { beforeLogOut } from '@/shared/api/log-out';
import { ApiError, type Problem } from '@/shared/api/problem';
import { minPosition, rememberPosition } from '@/shared/api/read-your-writes';
import { sessionStore } from '@/shared/api/session';
import { type DeliveryStatus, deliveryStage, isDeliveryStatus } from '@/shared/order/status';

/** Time in which a step can be undone. */
export const UNDO_MS = 5_000;

/** Delay before steps that could not be sent are tried again. */
const RETRY_MS = 3_000;

/** Time limit of one request. Without an answer, the step waits and the courier can continue. */
const TIME_LIMIT_MS = 10_000;

/** Age of a step from which the status of its delivery is checked before it is sent. */
const UNCHECKED_MS = 5_000;

const REASSIGNED = 'This delivery was given to another courier';

let isFlushing = false;
let timer: ReturnType<typeof setTimeout> | undefined;
const requests = new Map<string, Promise<void>>();
/** Steps that could not be sent at first. The courier continues while they are tried again. */
const waiting = new Set<string>();

/** Stores a step, and sends it when the time to undo it is over and the server can be reached. */
export function record(step: Omit<OutboxEntry, 'key' | 'heldUntil'>): void {
  const entry = { ...step, key: newIdempotencyKey(), heldUntil: Date.now() + UNDO_MS };
  changeOutbox(({ entries }) => ({ entries: [...entries, entry] }));
  void flush(step.accountId);
}

/** Takes back a step that was not sent yet. */
export function undo(key: string): void {
  changeOutbox(({ entries }) => ({
    entries: entries.filter((entry) => entry.key !== key || !isHeld(entry) || requests.has(key)),
  }));
}

export function isHeld(entry: OutboxEntry, now = Date.now()): boolean {
  return entry.heldUntil > now;
}

export function dismissDropped(): void {
  changeOutbox(() => ({ dropped: [] }));
}

/**
 * Sends the steps that can still be undone at once, because the page is being left. A request goes on after the page is
 * closed; a step whose answer is not seen is sent again with the same key on the next visit.
 */
export async function release(accountId: string): Promise<void> {
  const now = Date.now();
  changeOutbox(({ entries }) => ({
    entries: entries.map((entry) =>
      entry.accountId === accountId && isHeld(entry, now) ? { ...entry, heldUntil: now } : entry,
    ),
  }));
  if (sessionStore.get()?.account.id !== accountId) return;
  await Promise.allSettled(dueFor(accountId).map(send));
  await flush(accountId);
}

beforeLogOut(async () => {
  const accountId = sessionStore.get()?.account.id;
  if (accountId !== undefined) await release(accountId);
});

/** Sends due steps in order. Retries transient failures later; drops rejected steps and reports why. */
export async function flush(accountId: string): Promise<void> {
  // The steps of a courier are only sent in the courier's own session.
  if (isFlushing || sessionStore.get()?.account.id !== accountId) return;
  clearTimeout(timer);
  isFlushing = true;
  let isDelayed = false;
  try {
    for (let [next] = dueFor(accountId); next !== undefined; [next] = dueFor(accountId)) await send(next);
  } catch {
    isDelayed = true;
  }
  isFlushing = false;
  const waitMs = isDelayed ? RETRY_MS : heldForMs(accountId);
  if (waitMs !== null) timer = setTimeout(() => void flush(accountId), waitMs);
}

/** First step of each delivery that can be sent now. */
function dueFor(accountId: string): OutboxEntry[] {
  const { entries } = outboxStore.get();
  const isFirst = (entry: OutboxEntry) =>
    entries.find((each) => each.deliveryId === entry.deliveryId) === entry;
  return entries.filter((entry) => entry.accountId === accountId && isFirst(entry) && !isHeld(entry));
}

/** Time until the next step can be sent; null without one. */
function heldForMs(accountId: string): number | null {
  const mine = outboxStore.get().entries.filter((entry) => entry.accountId === accountId);
  if (mine.length === 0) return null;
  return Math.max(0, Math.min(...mine.map((entry) => entry.heldUntil)) - Date.now());
}

/** Sends a step. A step whose request is running already is not sent again. */
function send(entry: OutboxEntry): Promise<void> {
  const { key } = entry;
  const running = requests.get(key);
  if (running !== undefined) return running;
  const request = apply(entry)
    .catch((error: unknown) => {
      waiting.add(key);
      throw error;
    })
    .finally(() => {
      requests.delete(key);
      changeOutbox(({ sending }) => ({ sending: sending.filter((each) => each !== key) }));
    });
  requests.set(key, request);
  if (!waiting.has(key)) changeOutbox(({ sending }) => ({ sending: [...sending, key] }));
  return request;
}

async function apply(entry: OutboxEntry): Promise<void> {
  try {
    const isOld = Date.now() - entry.heldUntil > UNCHECKED_MS;
    const position = (isOld ? await positionIfDone(entry) : null) ?? (await put(entry));
    if (position !== null) accept(entry, position);
  } catch (error) {
    const isFinal = error instanceof ApiError && !error.transient && error.status !== 401;
    if (!isFinal) throw error;
    // Another tab or device has taken the step.
    const position = error.problem.delivery_status === entry.status ? await positionIfDone(entry) : null;
    if (position !== null) {
      accept(entry, position);
      return;
    }
    drop(entry, error.status === 404 ? REASSIGNED : refusal(entry, error.problem));
  }
}

async function put(entry: OutboxEntry): Promise<number | null> {
  // The check may have dropped the step, or another tab may have sent it.
  if (!outboxStore.get().entries.some((each) => each.key === entry.key)) return null;
  const { key, deliveryId, status, from, reason } = entry;
  const params = { path: { id: deliveryId }, header: idempotencyKey(key) };
  const body = reason === undefined ? { status, from } : { status, from, reason };
  const signal = AbortSignal.timeout(TIME_LIMIT_MS);
  const done = await answer(
    api.PUT('/api/v1/deliveries/{id}/status', { params, body, signal, keepalive: true }),
  );
  return done.position;
}

/**
 * Checks a step that has waited. Returns the position of the delivery if it has the wanted status already. Drops the
 * step if the delivery no longer has the status that the courier saw.
 */
async function positionIfDone(entry: OutboxEntry): Promise<number | null> {
  const params = { path: { id: entry.deliveryId }, query: minPosition() };
  const signal = AbortSignal.timeout(TIME_LIMIT_MS);
  const { status, position } = await answer(api.GET('/api/v1/deliveries/{id}', { params, signal }));
  if (status === entry.status) return position;
  if (status !== entry.from) drop(entry, hasChanged(entry, status));
  return null;
}

/** Why the server refused a step. */
function refusal(entry: OutboxEntry, { detail, delivery_status: now }: Problem): string {
  return now !== undefined && isDeliveryStatus(now) ? hasChanged(entry, now) : detail;
}

function hasChanged(entry: OutboxEntry, status: DeliveryStatus): string {
  const [step, now] = [deliveryStage(entry.status).label, deliveryStage(status).label];
  return `"${step}" was not saved, because the delivery has changed: ${now}`;
}

function accept({ key, deliveryId, status, reason }: OutboxEntry, position: number): void {
  rememberPosition(position);
  changeOutbox(({ entries, accepted }) => ({
    entries: entries.filter((entry) => entry.key !== key),
    accepted: [
      ...accepted.filter((each) => each.deliveryId !== deliveryId),
      { deliveryId, status, reason, position },
    ],
  }));
}

/** Removes a step, and the later ones of its delivery, which depend on it. */
function drop({ key, deliveryId, orderNumber }: OutboxEntry, why: string): void {
  if (!outboxStore.get().entries.some((entry) => entry.key === key)) return;
  changeOutbox(({ entries, dropped }) => ({
    entries: entries.filter((entry) => entry.deliveryId !== deliveryId),
    dropped: [...dropped, { key, orderNumber, why }],
  }));
}
