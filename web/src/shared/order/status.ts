import type { Schema } from '@/shared/api/client';
import type { Tone } from '@/shared/components/badge';
import type { IconName } from '@/shared/components/icon';
import { humanize } from '@/shared/format/words';

export interface Stage {
  label: string;
  tone: Tone;
  icon: IconName;
}

export type DeliveryStatus = Schema<'DeliveryStatus'>;

const DELIVERY: Record<DeliveryStatus, Stage> = {
  pending: { label: 'Waiting for a courier', tone: 'progress', icon: 'box' },
  offered: { label: 'Waiting for a courier', tone: 'progress', icon: 'box' },
  assigned: { label: 'With a courier', tone: 'progress', icon: 'person' },
  picked_up: { label: 'Picked up', tone: 'progress', icon: 'box' },
  on_the_way: { label: 'On the way', tone: 'progress', icon: 'truck' },
  attempt_failed: { label: "Couldn't deliver", tone: 'bad', icon: 'warning' },
  returning: { label: 'Returning to sender', tone: 'wait', icon: 'truck' },
  returned: { label: 'Returned to sender', tone: 'bad', icon: 'box' },
  delivered: { label: 'Delivered', tone: 'done', icon: 'check' },
  cancelled: { label: 'Cancelled', tone: 'bad', icon: 'cancel' },
};

export function isDeliveryStatus(text: string): text is DeliveryStatus {
  return Object.hasOwn(DELIVERY, text);
}

/** Display status of a delivery. */
export function deliveryStage(status: DeliveryStatus): Stage {
  return DELIVERY[status];
}

type StagedOrder = Pick<Schema<'OrderRow'>, 'status' | 'delivery_status'>;

/** Display status of an order: its own until confirmation, then that of its delivery. */
export function orderStage(order: StagedOrder): Stage {
  switch (order.status) {
    case 'pending':
      return { label: 'Waiting for payment', tone: 'wait', icon: 'clock' };
    case 'expired':
      return { label: 'Reservation expired', tone: 'bad', icon: 'clock' };
    case 'cancelled':
      return { label: 'Cancelled', tone: 'bad', icon: 'cancel' };
    case 'completed':
      return { label: 'Delivered', tone: 'done', icon: 'check' };
    case 'confirmed':
      return deliveryStage(order.delivery_status ?? 'pending');
  }
}

/** Whether the delivery of a confirmed order has one of these statuses. */
function isDelivery(order: StagedOrder, statuses: readonly DeliveryStatus[]): boolean {
  return order.status === 'confirmed' && statuses.includes(order.delivery_status ?? 'pending');
}

/** Whether the order can be cancelled, which is until pickup, and after its parcel was returned to the sender. */
export function isCancellable(order: StagedOrder): boolean {
  return order.status === 'pending' || isAssignable(order) || isReturned(order);
}

/** Whether a courier can be assigned: paid for, and not picked up. */
export function isAssignable(order: StagedOrder): boolean {
  return isDelivery(order, ['pending', 'offered', 'assigned']);
}

/** Whether a courier has the parcel, so that it can be transferred to another one. */
export function isTransferable(order: StagedOrder): boolean {
  return isDelivery(order, ['picked_up', 'on_the_way', 'attempt_failed', 'returning']);
}

/** Whether the parcel was returned to the sender, and the order is neither delivered again nor cancelled yet. */
export function isReturned(order: StagedOrder): boolean {
  return isDelivery(order, ['returned']);
}

const PAYMENT: Partial<Record<string, string>> = {
  none: 'Not paid',
  authorised: 'Authorised',
  part_paid: 'Partly paid',
  paid: 'Paid',
  part_refunded: 'Partly refunded',
  refunded: 'Refunded',
};

/** Payment status for staff. */
export function paymentLabel(status: string): string {
  return PAYMENT[status] ?? humanize(status);
}

/** Whether money that was captured for a cancelled order is not refunded yet. */
export function isRefundOpen({ status, payment_status: payment }: Omit<PaidOrder, 'timeline'>): boolean {
  return status === 'cancelled' && ['part_paid', 'paid', 'part_refunded'].includes(payment);
}

type PaidOrder = Pick<Schema<'OrderRow'>, 'status' | 'payment_status' | 'timeline'>;

/**
 * Payment status for customers, to whom an authorised payment counts as paid. The payment of an order that was cancelled
 * is released if it was only authorised, and refunded otherwise.
 */
export function customerPaymentLabel({ status, payment_status: payment, timeline }: PaidOrder): string {
  if (status !== 'cancelled') return payment === 'authorised' ? 'Paid' : paymentLabel(payment);
  const wasAuthorised = timeline.some((entry) => entry.status === 'confirmed');
  switch (payment) {
    case 'none':
      return wasAuthorised ? 'Payment released' : 'Not paid';
    case 'authorised':
      return 'Payment being released';
    case 'paid':
    case 'part_paid':
      return 'Refund in progress';
    default:
      return paymentLabel(payment);
  }
}
