import type { Schema } from '@/shared/api/client';
import type { Tone } from '@/shared/components/badge';
import type { IconName } from '@/shared/components/icon';
import { humanize } from '@/shared/format/words';

export interface Stage {
  label: string;
  tone: Tone;
  icon: IconName;
}

type DeliveryStatus = Schema<'DeliveryStatus'>;

const DELIVERY: Record<DeliveryStatus, Stage> = {
  pending: { label: 'Being packed', tone: 'progress', icon: 'box' },
  offered: { label: 'Being packed', tone: 'progress', icon: 'box' },
  assigned: { label: 'With a courier', tone: 'progress', icon: 'person' },
  picked_up: { label: 'Picked up', tone: 'progress', icon: 'box' },
  on_the_way: { label: 'On the way', tone: 'progress', icon: 'truck' },
  attempt_failed: { label: 'Nobody was in', tone: 'bad', icon: 'warning' },
  returning: { label: 'Going back', tone: 'wait', icon: 'truck' },
  returned: { label: 'Back with us', tone: 'bad', icon: 'box' },
  delivered: { label: 'Delivered', tone: 'done', icon: 'check' },
  cancelled: { label: 'Cancelled', tone: 'bad', icon: 'cancel' },
};

/** How a delivery is doing, in a word. */
export function deliveryStage(status: DeliveryStatus): Stage {
  return DELIVERY[status];
}

type StagedOrder = Pick<Schema<'OrderRow'>, 'status' | 'delivery_status'>;

/** How an order is doing, in a word: its own status until it is confirmed, then its delivery's. */
export function orderStage(order: StagedOrder): Stage {
  switch (order.status) {
    case 'pending':
      return { label: 'Waiting for payment', tone: 'wait', icon: 'clock' };
    case 'expired':
      return { label: 'Hold ran out', tone: 'bad', icon: 'clock' };
    case 'cancelled':
      return { label: 'Cancelled', tone: 'bad', icon: 'cancel' };
    case 'completed':
      return { label: 'Delivered', tone: 'done', icon: 'check' };
    case 'confirmed':
      return deliveryStage(order.delivery_status ?? 'pending');
  }
}

/** Whether an order can still be cancelled: nothing has been picked up. */
export function isCancellable(order: StagedOrder): boolean {
  const before =
    order.delivery_status == null || ['pending', 'offered', 'assigned'].includes(order.delivery_status);
  return order.status === 'pending' || (order.status === 'confirmed' && before);
}

/** Whether a courier can be given the order: paid for, and not on its way yet. */
export function isAssignable(order: StagedOrder): boolean {
  return order.status === 'confirmed' && isCancellable(order);
}

const PAYMENT: Partial<Record<string, string>> = {
  none: 'Not paid',
  authorised: 'Authorised',
  part_paid: 'Part paid',
  paid: 'Paid',
  part_refunded: 'Part refunded',
  refunded: 'Refunded',
};

export function paymentLabel(status: string): string {
  return PAYMENT[status] ?? humanize(status);
}
