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

/** Shown instead of a note or a reason after the person with whose key it was sealed was erased. */
export const ERASED_TEXT = "Deleted with a person's personal data";

/** Entry of a timeline, with the reason if one was given; null if it was erased. */
interface TimelineEntry {
  status: string;
  at: string;
  reason?: string | null | undefined;
}

/** The reason of the last failed attempt to deliver; null if there is none. */
export function failureReason(timeline: readonly TimelineEntry[]): string | null {
  return shownReason(timeline.findLast((entry) => entry.status === 'attempt_failed'));
}

function shownReason(entry: TimelineEntry | undefined): string | null {
  return entry?.reason === null ? ERASED_TEXT : (entry?.reason ?? null);
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
  const { timeline, earlier } = lastRound(order.timeline);
  const timeOf = (entries: readonly string[]) =>
    timeline.findLast((entry) => entries.includes(entry.status))?.at;
  const far = reached(order);
  const ends = endsOf(order);
  const planned = STEPS.map((step, index): Step => {
    const at = timeOf(step.entries) ?? (index === 0 ? order.placed_at : null);
    const isDone = index < far || (ends.length > 0 && index < 5 && at !== null);
    const state = isDone ? 'done' : index === far ? 'next' : 'later';
    const name = state === 'next' ? (step.nextName ?? step.name) : step.name;
    return { name, icon: step.icon, state, at: isDone ? at : null };
  });
  const round = { ...order, timeline };
  const steps = withEarlier(withTransfer(withFailedAttempt(planned, round), timeline), earlier);
  if (ends.length === 0) return steps;
  return [
    ...steps.filter((step) => step.state === 'done' || step.state === 'failed'),
    ...ends.map((end) => stepOf(timeline, end, { name: ENDS[end] ?? 'Ended', icon: 'cancel' })),
  ];
}

/** Stages with which an order has ended early, or waits for a decision about its returned parcel. */
function endsOf({ status, delivery_status: delivery }: Tracked): string[] {
  const isOver = status === 'cancelled' || status === 'expired';
  return [...(delivery === 'returned' ? ['returned_to_sender'] : []), ...(isOver ? [status] : [])];
}

/** A step that failed, with the time and the reason of its last entry. */
function stepOf(
  timeline: readonly TimelineEntry[],
  status: string,
  step: Pick<Step, 'name' | 'icon'>,
  state: Step['state'] = 'failed',
): Step {
  const entry = timeline.findLast((each) => each.status === status);
  return { ...step, state, at: entry?.at ?? null, detail: shownReason(entry) };
}

/** What happened since a returned parcel was sent again, and the steps of how it had come back. */
function lastRound(timeline: readonly TimelineEntry[]): {
  timeline: readonly TimelineEntry[];
  earlier: Step[];
} {
  const index = timeline.findLastIndex((entry) => entry.status === 'reopened');
  if (index === -1) return { timeline, earlier: [] };
  const before = timeline.slice(0, index + 1);
  const paid = before.filter((entry) => entry.status === 'placed' || entry.status === 'confirmed');
  const earlier = [
    stepOf(before, 'attempt_failed', { name: "Couldn't deliver", icon: 'warning' }),
    stepOf(before, 'returned_to_sender', { name: 'Returned to sender', icon: 'box' }),
    stepOf(before, 'reopened', { name: 'Delivering again', icon: 'truck' }, 'done'),
  ];
  return { timeline: [...paid, ...timeline.slice(index + 1)], earlier };
}

/** Adds how the parcel came back before, after the payment. */
function withEarlier(steps: Step[], earlier: Step[]): Step[] {
  const at = steps.findIndex((step) => step.name === 'Paid') + 1;
  return [...steps.slice(0, at), ...earlier, ...steps.slice(at)];
}

/** Adds the last transfer to another courier, at its time. */
function withTransfer(steps: Step[], timeline: readonly TimelineEntry[]): Step[] {
  const transfer = timeline.findLast((entry) => entry.status === 'transferred');
  if (transfer === undefined) return steps;
  const time = Date.parse(transfer.at);
  const at = steps.findLastIndex((step) => step.at !== null && Date.parse(step.at) <= time) + 1;
  const step: Step = {
    name: 'Transferred to another courier',
    icon: 'person',
    state: 'done',
    at: transfer.at,
  };
  return [...steps.slice(0, at), step, ...steps.slice(at)];
}

/** Adds the last failed attempt, with its reason, after the departure. */
function withFailedAttempt(steps: Step[], { delivery_status: delivery, timeline }: Tracked): Step[] {
  const hasFailed = timeline.some((entry) => entry.status === 'attempt_failed');
  if (!hasFailed || delivery === 'on_the_way' || delivery === 'delivered') return steps;
  const failed = stepOf(timeline, 'attempt_failed', { name: "Couldn't deliver", icon: 'warning' });
  const at = steps.findIndex((step) => step.name === 'Delivered');
  return [...steps.slice(0, at), failed, ...steps.slice(at)];
}
