import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { isRunning, type Verification, verifications, verifyLog } from '@/features/system/log-requests';
import { asProblem } from '@/shared/api/problem';
import { useCommand } from '@/shared/command/use-command';
import { Badge } from '@/shared/components/badge';
import { Button } from '@/shared/components/button';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState, Notice } from '@/shared/components/states';
import { formatCount } from '@/shared/format/number';
import { formatInstant } from '@/shared/format/time';
import { counted } from '@/shared/format/words';
import { reload } from '@/shared/reload';

/** Card that verifies the log: progress, the last result and those before it. */
export function LogVerification() {
  const queryClient = useQueryClient();
  const list = useQuery(verifications);
  const command = useCommand<null, Verification>({
    send: verifyLog,
    onSuccess: () => reload(queryClient, verifications),
  });
  const [last, ...earlier] = list.data ?? [];
  return (
    <Sheet aria-labelledby="verify-log" className="flex flex-col items-start gap-3 px-4 py-3">
      <div className="flex w-full flex-wrap items-center justify-between gap-2">
        <h2 id="verify-log" className="font-semibold">
          Verify the log
        </h2>
        <Button
          size="small"
          variant="secondary"
          disabled={isRunning(last)}
          busy={command.isPending}
          onClick={() => command.run(null)}
        >
          Verify now
        </Button>
      </div>
      <p className="text-sm text-ink-soft">
        Reads every event, and compares the log with its hash chains and anchors. Orders are not delayed.
      </p>
      {command.error !== null && <Notice tone="bad">{asProblem(command.error).detail}</Notice>}
      {list.isPending && (
        <>
          <Loading label="Loading verifications" />
          <Skeleton className="h-16 w-full" />
        </>
      )}
      {list.isError && list.data === undefined && (
        <ErrorState
          error={list.error}
          onRetry={() => void list.refetch()}
          title="Couldn't load verifications"
        />
      )}
      {list.data !== undefined && last === undefined && <p>Not verified yet.</p>}
      {last !== undefined && <Outcome verification={last} />}
      {earlier.length > 0 && <Earlier verifications={earlier} />}
    </Sheet>
  );
}

function Outcome({ verification }: { verification: Verification }) {
  const { position, head, finished_at, report, error } = verification;
  if (finished_at === null) {
    return (
      <div className="flex w-full flex-col gap-1.5">
        <progress
          aria-label="Progress of the verification"
          max={Math.max(1, head)}
          value={position}
          className="h-2 w-full appearance-none overflow-hidden rounded-full bg-well [&::-moz-progress-bar]:bg-signal [&::-webkit-progress-bar]:bg-well [&::-webkit-progress-value]:bg-signal"
        />
        <p className="text-sm text-ink-soft figures">
          {formatCount(position)} of {formatCount(head)} events
        </p>
      </div>
    );
  }
  const at = formatInstant(finished_at);
  if (report === null) return <Notice tone="wait">{`${error ?? 'No result.'} (${at})`}</Notice>;
  if (report.finding_count === 0) {
    return (
      <Notice tone="good">
        The log is intact: {counted(report.events, 'event')}, {counted(report.anchors, 'anchor')} ({at})
      </Notice>
    );
  }
  return (
    <Notice tone="bad">
      <p className="font-semibold">
        {counted(report.finding_count, 'fault')} in the log ({at})
      </p>
      <ul className="mt-1 list-disc pl-5 text-sm">
        {report.findings.map(({ position: place, stream_id, version, detail }, index) => (
          <li key={index}>
            <Link to="/events" search={{ position: place }} className="font-medium underline">
              Position {formatCount(place)}
            </Link>
            {version > 0 && ` (${stream_id}, version ${version})`}: {detail}
          </li>
        ))}
      </ul>
      {report.finding_count > report.findings.length && (
        <p className="mt-1 text-sm">Only the first {report.findings.length} are listed.</p>
      )}
    </Notice>
  );
}

function Earlier({ verifications: earlier }: { verifications: Verification[] }) {
  return (
    <details className="w-full text-sm">
      <summary className="min-h-6 cursor-pointer font-medium">Earlier verifications</summary>
      <ul className="mt-1 divide-y divide-line">
        {earlier.map(({ id, started_at, report }) => (
          <li key={id} className="flex items-center justify-between gap-2 py-1.5 figures">
            <span>{formatInstant(started_at)}</span>
            {report === null && <Badge tone="wait">No result</Badge>}
            {report?.finding_count === 0 && <Badge tone="progress">Intact</Badge>}
            {report !== null && report.finding_count > 0 && (
              <Badge tone="bad">{counted(report.finding_count, 'fault')}</Badge>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
