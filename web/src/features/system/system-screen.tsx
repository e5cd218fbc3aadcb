import { ConsumerTable } from '@/features/system/consumer-table';
import { LogAnchors } from '@/features/system/log-anchors';
import { LogVerification } from '@/features/system/log-verification';
import { DiskPart, LogPart, PostgresPart, ProcessPart, SocketPart } from '@/features/system/parts';
import { useSystem } from '@/features/system/use-system';
import type { Schema } from '@/shared/api/client';
import { Icon } from '@/shared/components/icon';
import { PageHead } from '@/shared/components/page-head';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { LiveDot, StaleBanner } from '@/shared/components/stale-banner';
import { ErrorState } from '@/shared/components/states';
import { useSocketStatus } from '@/shared/socket/use-channel';

/** Health of the system: what needs attention, and the state of each part. */
export function SystemScreen() {
  const status = useSystem();
  const socket = useSocketStatus();
  return (
    <>
      <PageHead title="System">
        <LiveDot status={socket} />
      </PageHead>
      <StaleBanner status={socket} />
      {status.isPending && (
        <>
          <Loading label="Loading system health" />
          <Skeleton className="mb-4 h-16 rounded-lg" />
          <Skeleton className="h-96 rounded-lg" />
        </>
      )}
      {status.isError && status.data === undefined && (
        <ErrorState
          error={status.error}
          onRetry={() => void status.refetch()}
          title="Couldn't load system health"
        />
      )}
      {status.data !== undefined && <Loaded status={status.data} />}
    </>
  );
}

function Loaded({ status }: { status: Schema<'SystemStatus'> }) {
  return (
    <div className="flex flex-col gap-4">
      <Concerns concerns={status.concerns} />
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-5">
        <PostgresPart postgres={status.postgres} />
        <LogPart log={status.log} />
        {status.sockets !== null && <SocketPart sockets={status.sockets} />}
        {status.disk !== null && <DiskPart disk={status.disk} />}
        <ProcessPart status={status} />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <ConsumerTable title="Projections" consumers={status.projections} />
        <ConsumerTable title="Policies" consumers={status.policies} />
        <LogVerification />
        <LogAnchors />
      </div>
    </div>
  );
}

function Concerns({ concerns }: { concerns: string[] }) {
  if (concerns.length === 0) {
    return (
      <p
        role="status"
        className="flex items-center gap-2 rounded-md border border-signal bg-signal-soft px-3 py-2 font-semibold text-signal-strong"
      >
        <Icon name="check" />
        All parts are working
      </p>
    );
  }
  return (
    <div role="status" className="rounded-md border border-amber bg-amber-soft px-3 py-2 text-amber">
      <p className="flex items-center gap-2 font-semibold">
        <Icon name="warning" />
        Needs attention
      </p>
      <ul className="mt-1 text-sm">
        {concerns.map((concern) => (
          <li key={concern}>{concern}</li>
        ))}
      </ul>
    </div>
  );
}
