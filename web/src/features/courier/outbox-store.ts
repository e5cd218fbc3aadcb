import * as v from 'valibot';

import { createStore } from '@/shared/store';

const stepSchema = v.picklist([
  'picked_up',
  'on_the_way',
  'delivered',
  'attempt_failed',
  'returning',
  'returned',
]);

/** Status from which a step usually starts; for steps that were stored without one. */
const USUAL_START = {
  picked_up: 'assigned',
  on_the_way: 'picked_up',
  delivered: 'on_the_way',
  attempt_failed: 'on_the_way',
  returning: 'attempt_failed',
  returned: 'returning',
} as const;

const storedSchema = v.object({
  /** Idempotency key: the server applies the step once, however often it is sent. */
  key: v.string(),
  accountId: v.string(),
  deliveryId: v.string(),
  orderNumber: v.optional(v.string(), ''),
  status: stepSchema,
  /** Status that the courier saw. The step is dropped if the delivery has another one by then. */
  from: v.optional(v.picklist(['assigned', 'picked_up', 'on_the_way', 'attempt_failed', 'returning'])),
  reason: v.optional(v.string()),
  /** Time until which the step can be undone (milliseconds since 1970); it is sent afterwards. */
  heldUntil: v.optional(v.number(), 0),
});

const entrySchema = v.pipe(
  storedSchema,
  v.transform((entry) => ({ ...entry, from: entry.from ?? USUAL_START[entry.status] })),
);

export type OutboxEntry = v.InferOutput<typeof entrySchema>;

/** Step the server accepted. Shown until the read model includes its position. */
export interface Accepted {
  deliveryId: string;
  status: OutboxEntry['status'];
  reason?: string | undefined;
  position: number;
}

/** Step that was not applied, and why. */
interface Dropped {
  key: string;
  orderNumber: string;
  why: string;
}

export interface Outbox {
  /** Steps not sent yet, oldest first. */
  entries: OutboxEntry[];
  /** Keys of the entries that are being sent for the first time. */
  sending: string[];
  /** Last accepted step of each delivery since the page was opened. */
  accepted: Accepted[];
  /** Steps that were not applied, until the courier dismisses them. */
  dropped: Dropped[];
}

const KEY = 'waybill.courier-outbox';

function restore(): OutboxEntry[] {
  try {
    const parsed = v.safeParse(v.array(entrySchema), JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}

export const EMPTY: Outbox = { entries: [], sending: [], accepted: [], dropped: [] };

export const outboxStore = createStore<Outbox>({ ...EMPTY, entries: restore() });

export function changeOutbox(change: (outbox: Outbox) => Partial<Outbox>): void {
  const outbox = outboxStore.get();
  outboxStore.set({ ...outbox, ...change(outbox) });
}

let stored = outboxStore.get().entries;
outboxStore.subscribe(() => {
  const { entries } = outboxStore.get();
  if (entries === stored) return;
  stored = entries;
  localStorage.setItem(KEY, JSON.stringify(entries));
});

if (typeof window !== 'undefined') {
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) changeOutbox(() => ({ entries: (stored = restore()) }));
  });
}
