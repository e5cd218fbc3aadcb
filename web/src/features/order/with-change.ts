import type { Schema } from '@/shared/api/client';
import { patched } from '@/shared/order/changes';

type Order = Schema<'Order'>;

/** Fields of an order that changes carry. */
type Changed = Pick<
  Order,
  | 'status'
  | 'payment_status'
  | 'fulfilment_status'
  | 'delivery_status'
  | 'courier_id'
  | 'timeline'
  | 'version'
  | 'position'
>;

/** Applies a change, or the fields of a newer state, to an order. */
export function withChange(order: Order, row: Changed): Order {
  const {
    status,
    payment_status,
    fulfilment_status,
    delivery_status,
    courier_id,
    timeline,
    version,
    position,
  } = row;
  return patched(order, {
    status,
    payment_status,
    fulfilment_status,
    delivery_status,
    courier_id,
    timeline,
    version,
    position,
  });
}
