import { useEffect, useState } from 'react';

import { CurrentDelivery } from '@/features/courier/current-delivery';
import { courierQueue } from '@/features/courier/next-action';
import { dismissError, flush, outboxStore } from '@/features/courier/outbox';
import { DoneList, QueueList } from '@/features/courier/queue-list';
import { useMyQueue } from '@/features/courier/use-my-queue';
import { sessionStore } from '@/shared/api/session';
import { Button } from '@/shared/components/button';
import { PageHead } from '@/shared/components/page-head';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { LiveDot, StaleBanner } from '@/shared/components/stale-banner';
import { EmptyState, ErrorState, Notice } from '@/shared/components/states';
import { counted } from '@/shared/format/words';
import { useSocketStatus } from '@/shared/socket/use-channel';
import { useStore } from '@/shared/store';

export function CourierScreen() {
  const courierId = useStore(sessionStore)?.account.id;
  return courierId === undefined ? null : <Deliveries courierId={courierId} />;
}

function Deliveries({ courierId }: { courierId: string }) {
  const queue = useMyQueue(courierId);
  const status = useSocketStatus();
  const outbox = useStore(outboxStore);
  const { entries, error } = outbox;
  const [chosenId, setChosenId] = useState<string | null>(null);
  // Sends waiting updates once the connection is back.
  useEffect(() => {
    if (status.state === 'live') void flush(courierId);
  }, [status.state, courierId]);
  const { open, done } = courierQueue(queue.data ?? [], outbox);
  const current = open.find((delivery) => delivery.id === chosenId) ?? open[0];
  return (
    <div className="mx-auto max-w-2xl">
      <PageHead title="Deliveries">
        <LiveDot status={status} />
      </PageHead>
      <StaleBanner status={status} />
      <div className="flex flex-col gap-2 not-empty:mb-4">
        {entries.length > 0 && status.state !== 'live' && (
          <Notice tone="wait">{counted(entries.length, 'update')} will send when you're back online.</Notice>
        )}
        {error !== null && (
          <Notice tone="bad">
            {error}{' '}
            <button type="button" className="min-h-6 font-semibold underline" onClick={dismissError}>
              Dismiss
            </button>
          </Notice>
        )}
      </div>
      {queue.isPending && (
        <>
          <Loading label="Loading your deliveries" />
          <Skeleton className="h-96 rounded-lg" />
        </>
      )}
      {queue.isError && queue.data === undefined && (
        <ErrorState
          error={queue.error}
          onRetry={() => void queue.refetch()}
          title="Couldn't load your deliveries"
        />
      )}
      {queue.isSuccess && current === undefined && (
        <EmptyState
          icon="truck"
          title="No deliveries"
          action={
            <Button variant="secondary" size="large" onClick={() => void queue.refetch()}>
              Refresh
            </Button>
          }
        >
          New deliveries appear here automatically.
        </EmptyState>
      )}
      {current !== undefined && (
        <CurrentDelivery key={current.id} delivery={current} courierId={courierId} entries={entries} />
      )}
      <QueueList deliveries={open.filter((delivery) => delivery !== current)} onChoose={setChosenId} />
      <DoneList deliveries={done} entries={entries} />
    </div>
  );
}
