import type { Accepted, OutboxEntry } from '@/features/courier/outbox';
import type { Schema } from '@/shared/api/client';
import type { IconName } from '@/shared/components/icon';
import { deliveryStage, type Stage } from '@/shared/order/status';

type Delivery = Schema<'Delivery'>;

interface NextAction {
  status: OutboxEntry['status'];
  label: string;
  icon: IconName;
}

const NEXT: Partial<Record<Delivery['status'], NextAction>> = {
  assigned: { status: 'picked_up', label: 'Picked up', icon: 'box' },
  picked_up: { status: 'on_the_way', label: 'On the way', icon: 'truck' },
  on_the_way: { status: 'delivered', label: 'Delivered', icon: 'check' },
  attempt_failed: { status: 'on_the_way', label: 'Try again', icon: 'truck' },
  returning: { status: 'returned', label: 'Returned', icon: 'home' },
};

/** Next action for a delivery; null when it has ended. */
export function nextAction(status: Delivery['status']): NextAction | null {
  return NEXT[status] ?? null;
}

const DISPLAY_ORDER: readonly Delivery['status'][] = [
  'on_the_way',
  'attempt_failed',
  'returning',
  'picked_up',
  'assigned',
];

/** Deliveries with the courier's unsent and newly accepted updates applied; those on the way first. */
export function courierQueue(
  deliveries: Delivery[],
  { entries, accepted }: { entries: OutboxEntry[]; accepted: Accepted[] },
): { open: Delivery[]; done: Delivery[] } {
  const current = deliveries.map((delivery) => {
    const waiting = entries.findLast((entry) => entry.deliveryId === delivery.id);
    const update = accepted.find(
      (each) => each.deliveryId === delivery.id && each.position > delivery.position,
    );
    return { ...delivery, status: waiting?.status ?? update?.status ?? delivery.status };
  });
  const open = current.filter((delivery) => nextAction(delivery.status) !== null);
  open.sort((left, right) => DISPLAY_ORDER.indexOf(left.status) - DISPLAY_ORDER.indexOf(right.status));
  return { open, done: current.filter((delivery) => nextAction(delivery.status) === null) };
}

/** Status of a delivery in the courier's terms. */
export function courierStage(status: Delivery['status']): Stage {
  return status === 'assigned' ? { label: 'To pick up', tone: 'plain', icon: 'box' } : deliveryStage(status);
}
