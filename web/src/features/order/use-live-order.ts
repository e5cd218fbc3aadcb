import { useQuery, useQueryClient } from '@tanstack/react-query';

import { orderQuery } from '@/features/order/requests';
import type { Schema } from '@/shared/api/client';
import { rememberPosition } from '@/shared/api/read-your-writes';
import { patched, readChange } from '@/shared/order/changes';
import { refreshNotes } from '@/shared/order/note-requests';
import { useChannel } from '@/shared/socket/use-channel';
import { reload } from '@/shared/reload';

/** Applies a change to the fields of an order that changes carry. */
function withChange(order: Schema<'Order'>, row: Schema<'OrderRow'>): Schema<'Order'> {
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

/** Loads an order and keeps it up to date. */
export function useLiveOrder(id: string, guest: string | null) {
  const queryClient = useQueryClient();
  const query = orderQuery(id, guest);
  const order = useQuery(query);
  useChannel({
    channel: order.data === undefined ? null : `order:${id}`,
    since: order.data?.position ?? null,
    guest,
    onChange: (change) => {
      if (change.kind === 'order.note-added') {
        void refreshNotes(queryClient, id);
        return;
      }
      const row = readChange('order.changed', change);
      if (row === null) void reload(queryClient, query);
      else queryClient.setQueryData(query.queryKey, (old) => old && withChange(old, row));
    },
    onResync: (position) => {
      rememberPosition(position);
      void reload(queryClient, query);
      void refreshNotes(queryClient, id);
    },
  });
  return order;
}
