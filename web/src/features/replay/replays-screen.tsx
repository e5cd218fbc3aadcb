import { useState } from 'react';

import { RebuildKey } from '@/features/replay/rebuild-key';
import { ReplayCard } from '@/features/replay/replay-card';
import { StartAll } from '@/features/replay/start-all';
import { useReplays } from '@/features/replay/use-replays';
import { Button } from '@/shared/components/button';
import { PageHead } from '@/shared/components/page-head';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { LiveDot, StaleBanner } from '@/shared/components/stale-banner';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { useSocketStatus } from '@/shared/socket/use-channel';

/** Replays of projections: start, follow, compare, switch and roll back. */
export function ReplaysScreen() {
  const { list, system, rows } = useReplays();
  const socket = useSocketStatus();
  const [isStartingAll, setIsStartingAll] = useState(false);
  const [isRebuildingKey, setIsRebuildingKey] = useState(false);
  const error = list.error ?? system.error;
  const retry = () => void Promise.all([list.refetch(), system.refetch()]);
  const isLoaded = list.data !== undefined && system.data !== undefined;
  const startable = rows.filter(({ replay }) => replay === undefined || isOver(replay.phase));
  return (
    <>
      <PageHead title="Replays">
        <div className="flex flex-wrap items-center gap-4">
          <LiveDot status={socket} />
          <Button
            variant="secondary"
            disabled={startable.length === 0}
            onClick={() => setIsStartingAll(true)}
          >
            Replay all…
          </Button>
          <Button variant="secondary" disabled={rows.length === 0} onClick={() => setIsRebuildingKey(true)}>
            Rebuild one order or SKU…
          </Button>
        </div>
      </PageHead>
      <StaleBanner status={socket} />
      <p className="mb-6 max-w-prose text-ink-soft">
        A replay builds a projection again from the first event, beside the tables that serve. Nothing changes
        for readers until you switch, and you can roll back afterwards.
      </p>
      {!isLoaded && error === null && (
        <>
          <Loading label="Loading replays" />
          {Array.from({ length: 6 }, (_, index) => (
            <Skeleton key={index} className="mb-3 h-20 rounded-lg" />
          ))}
        </>
      )}
      {!isLoaded && error !== null && (
        <ErrorState error={error} onRetry={retry} title="Couldn't load replays" />
      )}
      {isLoaded && rows.length === 0 && (
        <EmptyState icon="box" title="No projections yet">
          They appear here once the database answers.
        </EmptyState>
      )}
      {isLoaded && (
        <ul className="flex flex-col gap-3">
          {rows.map(({ name, replay }) => (
            <li key={name}>
              <ReplayCard name={name} replay={replay} />
            </li>
          ))}
        </ul>
      )}
      <StartAll
        projections={startable.map(({ name }) => name)}
        isOpen={isStartingAll}
        onClose={() => setIsStartingAll(false)}
      />
      <RebuildKey
        projections={rows.map(({ name }) => name)}
        isOpen={isRebuildingKey}
        onClose={() => setIsRebuildingKey(false)}
      />
    </>
  );
}

function isOver(phase: string): boolean {
  return phase === 'switched' || phase === 'failed' || phase === 'cancelled';
}
