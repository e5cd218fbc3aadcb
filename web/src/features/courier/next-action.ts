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
  returning: { status: 'returned', label: 'Handed back', icon: 'home' },
};

/** The one thing to do next with a delivery; nothing when it is over. */
export function nextAction(status: Delivery['status']): NextAction | null {
  return NEXT[status] ?? null;
}

const FIRST: readonly Delivery['status'][] = [
  'on_the_way',
  'attempt_failed',
  'returning',
  'picked_up',
  'assigned',
];

/** The deliveries as the courier left them, also what no read has shown yet; what is under way first. */
export function courierQueue(
  deliveries: Delivery[],
  { entries, accepted }: { entries: OutboxEntry[]; accepted: Accepted[] },
): { open: Delivery[]; done: Delivery[] } {
  const current = deliveries.map((delivery) => {
    const waiting = entries.findLast((entry) => entry.deliveryId === delivery.id);
    const taken = accepted.find(
      (each) => each.deliveryId === delivery.id && each.position > delivery.position,
    );
    return { ...delivery, status: waiting?.status ?? taken?.status ?? delivery.status };
  });
  const open = current.filter((delivery) => nextAction(delivery.status) !== null);
  open.sort((left, right) => FIRST.indexOf(left.status) - FIRST.indexOf(right.status));
  return { open, done: current.filter((delivery) => nextAction(delivery.status) === null) };
}

/** How a delivery is doing, as the courier says it. */
export function courierStage(status: Delivery['status']): Stage {
  return status === 'assigned' ? { label: 'To pick up', tone: 'plain', icon: 'box' } : deliveryStage(status);
}
