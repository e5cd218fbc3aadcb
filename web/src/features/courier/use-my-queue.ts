import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';
import { minPosition, rememberPosition } from '@/shared/api/read-your-writes';
import { keepNewer, newerRows } from '@/shared/keep-newer';
import { patched, readChange, withReasons } from '@/shared/order/changes';
import { latestPosition } from '@/shared/paging';
import { useChannel } from '@/shared/socket/use-channel';
import { reload } from '@/shared/reload';

/** Maximum number of open deliveries in the list. */
const QUEUE_MAX = 100;

const myQueue = queryOptions({
  queryKey: ['my-queue'],
  structuralSharing: keepNewer(newerRows<Schema<'Delivery'>>),
  queryFn: async ({ signal }) => {
    const query = { limit: QUEUE_MAX, ...minPosition() };
    const { items } = await answer(api.GET('/api/v1/deliveries/my-queue', { params: { query }, signal }));
    return items;
  },
});

/** Live list of the courier's deliveries. */
export function useMyQueue(courierId: string) {
  const queryClient = useQueryClient();
  const queue = useQuery(myQueue);
  useChannel({
    channel: queue.data === undefined ? null : `courier:${courierId}`,
    since: latestPosition(queue.data ?? []),
    onChange: (change) => {
      const row = readChange('delivery.changed', change);
      const known = queue.data?.find((delivery) => delivery.id === row?.id);
      if (row !== null && known !== undefined && row.courier_id === courierId) {
        // Changes don't include the address and the reasons; the loaded ones are kept.
        const { timeline, isComplete } = withReasons(row.timeline, known.timeline);
        queryClient.setQueryData(myQueue.queryKey, (old) =>
          old?.map((delivery) =>
            delivery.id === row.id ? patched(delivery, { ...row, timeline }) : delivery,
          ),
        );
        if (!isComplete) void reload(queryClient, myQueue);
        return;
      }
      // The delivery was assigned or unassigned: reload the list to get the address.
      rememberPosition(change.position);
      void reload(queryClient, myQueue);
    },
    onResync: (position) => {
      rememberPosition(position);
      void reload(queryClient, myQueue);
    },
  });
  return queue;
}
