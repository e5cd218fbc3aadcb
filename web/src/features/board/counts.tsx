import { useQuery } from '@tanstack/react-query';

import { dashboard } from '@/features/board/requests';
import { Skeleton } from '@/shared/components/skeleton';

/** Number of orders and deliveries by status. */
export function Counts() {
  const counts = useQuery(dashboard);
  if (counts.isError && counts.data === undefined) return null; // The list below shows the error.
  const orders: Partial<Record<string, number>> = counts.data?.orders ?? {};
  const deliveries: Partial<Record<string, number>> = counts.data?.deliveries ?? {};
  const cells = [
    { caption: 'Waiting for payment', count: orders.pending },
    { caption: 'Waiting for a courier', count: deliveries.pending },
    { caption: 'With a courier', count: (deliveries.assigned ?? 0) + (deliveries.picked_up ?? 0) },
    { caption: 'On the way', count: deliveries.on_the_way },
    { caption: 'Delivered', count: orders.completed },
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 lg:grid-cols-5">
      {cells.map(({ caption, count }) => (
        <div key={caption} className="bg-sheet px-4 py-3 last:col-span-2 sm:last:col-span-1">
          <dt className="caption">{caption}</dt>
          <dd className="text-xl font-bold figures">
            {counts.data === undefined ? (
              <Skeleton className="mt-1 h-7 w-12" />
            ) : (
              (count ?? 0).toLocaleString('en-GB')
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
