import { useEffect, useState } from 'react';

import { CurrentDelivery } from '@/features/courier/current-delivery';
import { courierQueue } from '@/features/courier/next-action';
import { dismissRefusal, flush, outboxStore } from '@/features/courier/outbox';
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
  const { entries, refusal } = outbox;
  const [chosenId, setChosenId] = useState<string | null>(null);
  // As soon as the server can be heard again, it hears what was done meanwhile.
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
          <Notice tone="wait">{counted(entries.length, 'step')} waiting to be sent. You can go on.</Notice>
        )}
        {refusal !== null && (
          <Notice tone="bad">
            {refusal}{' '}
            <button type="button" className="min-h-6 font-semibold underline" onClick={dismissRefusal}>
              All right
            </button>
          </Notice>
        )}
      </div>
      {queue.isPending && (
        <>
          <Loading label="Your deliveries are loading" />
          <Skeleton className="h-96 rounded-lg" />
        </>
      )}
      {queue.isError && queue.data === undefined && (
        <ErrorState
          error={queue.error}
          onRetry={() => void queue.refetch()}
          title="Your deliveries could not be loaded"
        />
      )}
      {queue.isSuccess && current === undefined && (
        <EmptyState
          icon="truck"
          title="Nothing to deliver"
          action={
            <Button variant="secondary" size="large" onClick={() => void queue.refetch()}>
              Look again
            </Button>
          }
        >
          New deliveries appear here by themselves.
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
