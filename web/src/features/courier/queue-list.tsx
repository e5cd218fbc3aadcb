import { courierStage } from '@/features/courier/next-action';
import type { OutboxEntry } from '@/features/courier/outbox-store';
import type { Schema } from '@/shared/api/client';
import { Badge } from '@/shared/components/badge';
import { Icon } from '@/shared/components/icon';
import { OrderNumber } from '@/shared/components/order-number';

interface QueueListProps {
  deliveries: Schema<'Delivery'>[];
  onChoose: (id: string) => void;
}

/** Upcoming deliveries; a tap selects one. */
export function QueueList({ deliveries, onChoose }: QueueListProps) {
  if (deliveries.length === 0) return null;
  return (
    <section aria-labelledby="queue-heading" className="mt-8">
      <h2 id="queue-heading" className="mb-3 font-semibold">
        Next ({deliveries.length})
      </h2>
      <ul className="flex flex-col gap-2">
        {deliveries.map((delivery) => {
          const stage = courierStage(delivery.status);
          return (
            <li key={delivery.id}>
              <button
                type="button"
                onClick={() => onChoose(delivery.id)}
                className="flex min-h-16 w-full items-center gap-3 rounded-lg border border-line bg-sheet px-4 py-2 text-left hover:border-ink"
              >
                <span className="min-w-0 grow">
                  <span className="flex items-center justify-between gap-3">
                    <span className="truncate font-semibold">
                      {delivery.contact?.name ?? delivery.country}
                    </span>
                    <Badge tone={stage.tone} icon={stage.icon}>
                      {stage.label}
                    </Badge>
                  </span>
                  <span className="block truncate text-ink-soft">
                    {delivery.contact == null
                      ? delivery.order_number
                      : `${delivery.contact.line1}, ${delivery.contact.city}`}
                  </span>
                </span>
                <Icon name="chevronRight" className="text-ink-soft" />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Deliveries finished since the page was opened. */
export function DoneList({
  deliveries,
  entries,
}: {
  deliveries: Schema<'Delivery'>[];
  entries: OutboxEntry[];
}) {
  if (deliveries.length === 0) return null;
  return (
    <section aria-labelledby="done-heading" className="mt-8">
      <h2 id="done-heading" className="mb-3 font-semibold">
        Done ({deliveries.length})
      </h2>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {deliveries.map((delivery) => {
          const stage = courierStage(delivery.status);
          const isWaiting = entries.some((entry) => entry.deliveryId === delivery.id);
          return (
            <li
              key={delivery.id}
              className="flex min-h-12 flex-wrap items-center justify-between gap-3 px-4 py-2"
            >
              <OrderNumber number={delivery.order_number} />
              <span className="flex gap-2">
                {isWaiting && <Badge icon="clock">Waiting to send</Badge>}
                <Badge tone={stage.tone} icon={stage.icon}>
                  {stage.label}
                </Badge>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
