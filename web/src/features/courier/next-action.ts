import { isHeld } from '@/features/courier/outbox';
import type { Accepted, OutboxEntry } from '@/features/courier/outbox-store';
import type { Schema } from '@/shared/api/client';
import type { IconName } from '@/shared/components/icon';
import { deliveryStage, type Stage } from '@/shared/order/status';
import { failureReason } from '@/shared/order/steps';

type Delivery = Schema<'Delivery'>;

/** Delivery with the courier's own steps applied. */
export interface CourierDelivery extends Delivery {
  /** Why the last attempt failed; null in other states, and if unknown. */
  reason: string | null;
  /** Step that can still be undone. */
  held: OutboxEntry | null;
}

interface NextAction {
  status: OutboxEntry['status'];
  label: string;
  icon: IconName;
}

const NEXT: Record<OutboxEntry['from'], NextAction> = {
  assigned: { status: 'picked_up', label: 'Picked up', icon: 'box' },
  picked_up: { status: 'on_the_way', label: 'On the way', icon: 'truck' },
  on_the_way: { status: 'delivered', label: 'Delivered', icon: 'check' },
  attempt_failed: { status: 'on_the_way', label: 'Try again', icon: 'truck' },
  returning: { status: 'returned', label: 'Returned', icon: 'home' },
};

/** Next action for a delivery; null when it has ended. */
export function nextAction(status: Delivery['status']): NextAction | null {
  return isStart(status) ? NEXT[status] : null;
}

/** Whether a step of the courier can start from a status. */
export function isStart(status: Delivery['status']): status is OutboxEntry['from'] {
  return Object.hasOwn(NEXT, status);
}

const DISPLAY_ORDER: readonly Delivery['status'][] = [
  'on_the_way',
  'attempt_failed',
  'returning',
  'picked_up',
  'assigned',
];

/**
 * Deliveries with the courier's unsent and newly accepted steps applied; those on the way first. A delivery stays open
 * while its last step can be undone.
 */
export function courierQueue(
  deliveries: Delivery[],
  { entries, accepted }: { entries: OutboxEntry[]; accepted: Accepted[] },
  now = Date.now(),
): { open: CourierDelivery[]; done: CourierDelivery[] } {
  const current = deliveries.map((delivery) => {
    const waiting = entries.findLast((entry) => entry.deliveryId === delivery.id);
    const last = accepted.find((each) => each.deliveryId === delivery.id);
    const update = last !== undefined && last.position > delivery.position ? last : undefined;
    const status = (waiting ?? update)?.status ?? delivery.status;
    const reason = (waiting ?? last)?.reason ?? failureReason(delivery.timeline);
    const held = waiting !== undefined && isHeld(waiting, now) ? waiting : null;
    return { ...delivery, status, reason: status === 'attempt_failed' ? reason : null, held };
  });
  const isOpen = ({ status, held }: CourierDelivery) => nextAction(status) !== null || held !== null;
  const open = current.filter(isOpen);
  open.sort((left, right) => DISPLAY_ORDER.indexOf(left.status) - DISPLAY_ORDER.indexOf(right.status));
  return { open, done: current.filter((delivery) => !isOpen(delivery)) };
}

/** Status of a delivery in the courier's terms. */
export function courierStage(status: Delivery['status']): Stage {
  return status === 'assigned' ? { label: 'To pick up', tone: 'plain', icon: 'box' } : deliveryStage(status);
}
