import type { Schema } from '@/shared/api/client';
import type { IconName } from '@/shared/components/icon';

/** One step in the progress of an order. */
export interface Step {
  name: string;
  icon: IconName;
  /** `next` is the current step. */
  state: 'done' | 'next' | 'later' | 'failed';
  /** Completion time. */
  at: string | null;
}

interface Planned {
  name: string;
  /** Name while the step is the current one. */
  nextName?: string;
  icon: IconName;
  /** Status values of the step in the timeline. */
  entries: readonly string[];
}

const STEPS: readonly Planned[] = [
  { name: 'Placed', icon: 'check', entries: ['placed'] },
  { name: 'Paid', icon: 'card', entries: ['confirmed'] },
  { name: 'Courier assigned', nextName: 'Finding a courier', icon: 'person', entries: ['assigned'] },
  { name: 'Picked up', icon: 'box', entries: ['picked_up'] },
  { name: 'On the way', icon: 'truck', entries: ['on_the_way'] },
  { name: 'Delivered', icon: 'home', entries: ['delivered', 'completed'] },
];

const ENDS: Partial<Record<string, string>> = {
  cancelled: 'Cancelled',
  expired: 'Reservation expired',
  returned_to_sender: 'Returned to sender',
};

type Tracked = Pick<Schema<'OrderRow'>, 'status' | 'delivery_status' | 'placed_at' | 'timeline'>;

/** Number of completed steps by status, independent of the timeline. */
function reached({ status, delivery_status: delivery }: Tracked): number {
  if (status === 'completed' || delivery === 'delivered') return 6;
  const byDelivery = {
    assigned: 3,
    picked_up: 4,
    on_the_way: 5,
    attempt_failed: 5,
    returning: 5,
    returned: 5,
  };
  if (delivery != null && delivery in byDelivery) return byDelivery[delivery as keyof typeof byDelivery];
  return status === 'confirmed' ? 2 : 1;
}

/** Steps of an order with state and time. An order that ended early lists its completed steps and the end. */
export function stepsOf(order: Tracked): Step[] {
  const timeOf = (entries: readonly string[]) =>
    order.timeline.findLast((entry) => entries.includes(entry.status))?.at;
  const far = reached(order);
  const isOver =
    order.status === 'cancelled' || order.status === 'expired' || order.delivery_status === 'returned';
  const steps = STEPS.map((planned, index): Step => {
    const at = timeOf(planned.entries) ?? (index === 0 ? order.placed_at : null);
    const isDone = index < far || (isOver && index < 5 && at !== null);
    const state = isDone ? 'done' : index === far ? 'next' : 'later';
    const name = state === 'next' ? (planned.nextName ?? planned.name) : planned.name;
    return { name, icon: planned.icon, state, at: isDone ? at : null };
  });
  if (!isOver) return steps;
  const end = order.delivery_status === 'returned' ? 'returned_to_sender' : order.status;
  const done = steps.filter((step) => step.state === 'done');
  return [
    ...done,
    { name: ENDS[end] ?? 'Ended', icon: 'cancel', state: 'failed', at: timeOf([end]) ?? null },
  ];
}
