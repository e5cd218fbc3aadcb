import * as v from 'valibot';

import type { Schema } from '@/shared/api/client';

// Parsers for rows in socket changes, typed by the OpenAPI document. An unreadable change triggers a reload by HTTP.

const money = v.object({ minor: v.number(), currency: v.picklist(['GBP', 'EUR', 'USD']) });
const orderStages = [
  'placed',
  'confirmed',
  'cancelled',
  'expired',
  'completed',
  'paid',
  'refunded',
  'assigned',
  'picked_up',
  'transferred',
  'on_the_way',
  'attempt_failed',
  'returning',
  'returned_to_sender',
  'reopened',
  'delivered',
  'return_requested',
  'return_approved',
  'return_rejected',
  'return_received',
] as const;
/** Whether a reason was given. Sockets do not carry its text. */
const has_reason = v.exactOptional(v.boolean());
const orderTimeline = v.array(v.object({ status: v.picklist(orderStages), at: v.string(), has_reason }));
const deliveryStatus = v.picklist([
  'pending',
  'offered',
  'assigned',
  'picked_up',
  'on_the_way',
  'attempt_failed',
  'returning',
  'returned',
  'delivered',
  'cancelled',
]);

const deliveryTimeline = v.array(v.object({ status: deliveryStatus, at: v.string(), has_reason }));

/** Stage of a timeline, as a read returns it. */
interface Stage {
  status: string;
  at: string;
  reason?: string | null;
}

/** Stage of a timeline, as a change announces it. */
type AnnouncedStage<Reached extends Stage> = Omit<Reached, 'reason'> & { has_reason?: boolean };

/** Row without the reasons in its timeline. */
type Announced<Row extends { timeline: Stage[] }> = Omit<Row, 'timeline'> & {
  timeline: AnnouncedStage<Row['timeline'][number]>[];
};

const orderRow: v.GenericSchema<unknown, Announced<Schema<'OrderRow'>>> = v.object({
  id: v.string(),
  number: v.string(),
  status: v.picklist(['pending', 'confirmed', 'completed', 'expired', 'cancelled']),
  payment_status: v.picklist(['none', 'authorised', 'part_paid', 'paid', 'part_refunded', 'refunded']),
  fulfilment_status: v.picklist(['unfulfilled', 'fulfilled', 'delivered']),
  delivery_status: v.nullable(deliveryStatus),
  courier_id: v.nullable(v.string()),
  total: money,
  line_count: v.number(),
  country: v.string(),
  placed_at: v.string(),
  timeline: orderTimeline,
  version: v.number(),
  position: v.number(),
});

/** A new note without its text, which sockets do not carry. */
const orderNote = v.object({ id: v.string(), order_id: v.string() });

/** Delivery row without `contact`, which sockets do not carry. */
const deliveryRow: v.GenericSchema<unknown, Announced<Omit<Schema<'Delivery'>, 'contact'>>> = v.object({
  id: v.string(),
  order_id: v.string(),
  order_number: v.string(),
  status: deliveryStatus,
  courier_id: v.nullable(v.string()),
  country: v.string(),
  line_count: v.number(),
  timeline: deliveryTimeline,
  position: v.number(),
});

/** A delivery that the courier no longer has. */
const formerDelivery = v.object({ id: v.string(), order_id: v.string() });

const stock: v.GenericSchema<unknown, Schema<'Stock'>> = v.object({
  sku: v.string(),
  on_hand: v.number(),
  reserved: v.number(),
  committed: v.number(),
  available: v.number(),
  position: v.number(),
});

/** Product row without `available`, which arrives as `stock.changed`. */
const product: v.GenericSchema<unknown, Omit<Schema<'Product'>, 'available'>> = v.object({
  sku: v.string(),
  name: v.string(),
  description: v.string(),
  category: v.string(),
  price: money,
  seller_id: v.string(),
  status: v.picklist(['listed', 'withdrawn']),
  position: v.number(),
});

const SCHEMAS = {
  'order.changed': orderRow,
  'order.note-added': orderNote,
  'delivery.changed': deliveryRow,
  'delivery.left': formerDelivery,
  'stock.changed': stock,
  'product.changed': product,
} as const;

type ChangeKind = keyof typeof SCHEMAS;
type RowOf<Kind extends ChangeKind> = v.InferOutput<(typeof SCHEMAS)[Kind]>;

/** Parses the row of a change; null if the kind differs or the data is invalid. */
export function readChange<Kind extends ChangeKind>(
  kind: Kind,
  change: { kind: string; data: unknown },
): RowOf<Kind> | null {
  if (change.kind !== kind) return null;
  const parsed = v.safeParse(SCHEMAS[kind], change.data);
  return parsed.success ? parsed.output : null;
}

/**
 * Adds the reasons that were loaded before to the timeline of a change. `isComplete` is false if the row must be loaded
 * again, because it has further ones.
 */
export function withReasons<Reached extends Stage>(
  announced: readonly AnnouncedStage<Reached>[],
  loaded: readonly Stage[],
): { timeline: (AnnouncedStage<Reached> & Pick<Stage, 'reason'>)[]; isComplete: boolean } {
  let isComplete = true;
  const timeline = announced.map((stage) => {
    if (stage.has_reason !== true) return stage;
    const known = loaded.find(({ status, at }) => status === stage.status && at === stage.at);
    if (known?.reason === undefined) {
      isComplete = false;
      return stage;
    }
    return { ...stage, reason: known.reason };
  });
  return { timeline, isComplete };
}

/** Applies a change if it is newer than the row; otherwise returns the row itself. */
export function patched<Row extends { position: number }>(
  row: Row,
  change: Partial<Row> & { position: number },
): Row {
  return change.position > row.position ? { ...row, ...change } : row;
}
