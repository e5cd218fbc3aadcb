import type { Schema } from '@/shared/api/client';
import type { IconName } from '@/shared/components/icon';

/** A step of an order's way. */
export interface Step {
  name: string;
  icon: IconName;
  /** `next` is the one that is waited for. */
  state: 'done' | 'next' | 'later' | 'failed';
  /** When it was done. */
  at: string | null;
}

interface Planned {
  name: string;
  icon: IconName;
  /** What the timeline calls it. */
  entries: readonly string[];
}

const WAY: readonly Planned[] = [
  { name: 'Placed', icon: 'check', entries: ['placed'] },
  { name: 'Paid', icon: 'card', entries: ['confirmed'] },
  { name: 'Courier found', icon: 'person', entries: ['assigned'] },
  { name: 'Picked up', icon: 'box', entries: ['picked_up'] },
  { name: 'On the way', icon: 'truck', entries: ['on_the_way'] },
  { name: 'Delivered', icon: 'home', entries: ['delivered', 'completed'] },
];

const ENDS: Partial<Record<string, string>> = {
  cancelled: 'Cancelled',
  expired: 'The hold ran out',
  returned_to_sender: 'Back with us',
};

type Tracked = Pick<Schema<'OrderRow'>, 'status' | 'delivery_status' | 'placed_at' | 'timeline'>;

/** How far the order has certainly come, whatever the timeline says. */
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

/** The way of an order as steps: what is done and when, what is waited for, and how it ended if it ended early. */
export function stepsOf(order: Tracked): Step[] {
  const timeOf = (entries: readonly string[]) =>
    order.timeline.findLast((entry) => entries.includes(entry.status))?.at;
  const far = reached(order);
  const isOver =
    order.status === 'cancelled' || order.status === 'expired' || order.delivery_status === 'returned';
  const steps = WAY.map((planned, index): Step => {
    const at = timeOf(planned.entries) ?? (index === 0 ? order.placed_at : null);
    const isDone = index < far || (isOver && index < 5 && at !== null);
    const state = isDone ? 'done' : index === far ? 'next' : 'later';
    return { name: planned.name, icon: planned.icon, state, at: isDone ? at : null };
  });
  if (!isOver) return steps;
  const end = order.delivery_status === 'returned' ? 'returned_to_sender' : order.status;
  const done = steps.filter((step) => step.state === 'done');
  return [
    ...done,
    { name: ENDS[end] ?? 'Ended', icon: 'cancel', state: 'failed', at: timeOf([end]) ?? null },
  ];
}
