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
  /** Details, such as why an attempt failed. */
  detail?: string | null;
}

/** Entry of a timeline. A failed attempt has the reason that the courier gave. */
interface TimelineEntry {
  status: string;
  at: string;
  reason?: string | null | undefined;
}

/** The reason of the last failed attempt to deliver; null if there is none. */
export function failureReason(timeline: readonly TimelineEntry[]): string | null {
  return timeline.findLast((entry) => entry.status === 'attempt_failed')?.reason ?? null;
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

interface Tracked extends Pick<Schema<'OrderRow'>, 'status' | 'delivery_status' | 'placed_at'> {
  timeline: readonly TimelineEntry[];
}

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
  const planned = STEPS.map((step, index): Step => {
    const at = timeOf(step.entries) ?? (index === 0 ? order.placed_at : null);
    const isDone = index < far || (isOver && index < 5 && at !== null);
    const state = isDone ? 'done' : index === far ? 'next' : 'later';
    const name = state === 'next' ? (step.nextName ?? step.name) : step.name;
    return { name, icon: step.icon, state, at: isDone ? at : null };
  });
  const steps = withFailedAttempt(planned, order);
  if (!isOver) return steps;
  const end = order.delivery_status === 'returned' ? 'returned_to_sender' : order.status;
  const done = steps.filter((step) => step.state === 'done' || step.state === 'failed');
  return [
    ...done,
    { name: ENDS[end] ?? 'Ended', icon: 'cancel', state: 'failed', at: timeOf([end]) ?? null },
  ];
}

/** Adds the last failed attempt, with its reason, after the departure. */
function withFailedAttempt(steps: Step[], { delivery_status: delivery, timeline }: Tracked): Step[] {
  const attempt = timeline.findLast((entry) => entry.status === 'attempt_failed');
  if (attempt === undefined || delivery === 'on_the_way' || delivery === 'delivered') return steps;
  const failed: Step = {
    name: "Couldn't deliver",
    icon: 'warning',
    state: 'failed',
    at: attempt.at,
    detail: failureReason(timeline),
  };
  const index = steps.findIndex((step) => step.name === 'Delivered');
  const at = index === -1 ? steps.length : index;
  return [...steps.slice(0, at), failed, ...steps.slice(at)];
}
