import { useQuery, useQueryClient } from '@tanstack/react-query';

import { orderQuery } from '@/features/order/requests';
import { withChange } from '@/features/order/with-change';
import { rememberPosition } from '@/shared/api/read-your-writes';
import { readChange, withReasons } from '@/shared/order/changes';
import { refreshNotes } from '@/shared/order/note-requests';
import { useChannel } from '@/shared/socket/use-channel';
import { reload } from '@/shared/reload';

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
      const known = queryClient.getQueryData(query.queryKey);
      if (row === null || known === undefined) {
        void reload(queryClient, query);
        return;
      }
      const { timeline, isComplete } = withReasons(row.timeline, known.timeline);
      queryClient.setQueryData(query.queryKey, withChange(known, { ...row, timeline }));
      if (!isComplete) void reload(queryClient, query);
    },
    onResync: (position) => {
      rememberPosition(position);
      void reload(queryClient, query);
      void refreshNotes(queryClient, id);
    },
  });
  return order;
}
