import { useEffect, useState } from 'react';

import { CurrentDelivery } from '@/features/courier/current-delivery';
import { courierQueue } from '@/features/courier/next-action';
import { isHeld } from '@/features/courier/outbox';
import { DroppedSteps } from '@/features/courier/dropped-steps';
import { DoneList, QueueList } from '@/features/courier/queue-list';
import { useMyQueue } from '@/features/courier/use-my-queue';
import { useOutbox } from '@/features/courier/use-outbox';
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
  const { outbox, now } = useOutbox(courierId, status.state === 'live');
  const { entries, dropped } = outbox;
  const [chosenId, setChosenId] = useState<string | null>(null);
  // A dropped step shows that the list is out of date.
  const { refetch } = queue;
  useEffect(() => {
    if (dropped.length > 0) void refetch();
  }, [dropped.length, refetch]);
  const { open, done } = courierQueue(queue.data ?? [], outbox, now);
  const waiting = entries.filter((entry) => !isHeld(entry, now)).length;
  const current = open.find((delivery) => delivery.id === chosenId) ?? open[0];
  return (
    <div className="mx-auto max-w-2xl">
      <PageHead title="Deliveries">
        <LiveDot status={status} />
      </PageHead>
      <StaleBanner status={status} />
      <div className="flex flex-col gap-2 not-empty:mb-4">
        {waiting > 0 && status.state !== 'live' && (
          <Notice tone="wait">{counted(waiting, 'update')} will send when you're back online.</Notice>
        )}
        <DroppedSteps dropped={dropped} />
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
        <CurrentDelivery
          key={current.id}
          delivery={current}
          courierId={courierId}
          outbox={outbox}
          now={now}
          onStep={() => setChosenId(current.id)}
        />
      )}
      <QueueList deliveries={open.filter((delivery) => delivery !== current)} onChoose={setChosenId} />
      <DoneList deliveries={done} entries={entries} />
    </div>
  );
}
