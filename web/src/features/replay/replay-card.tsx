import { PHASES, REASONS, WANTED } from '@/features/replay/phases';
import { ReplayProgress } from '@/features/replay/replay-progress';
import { ReplayReport } from '@/features/replay/replay-report';
import type { Replay } from '@/features/replay/requests';
import { VerbButtons } from '@/features/replay/verb-buttons';
import { Badge } from '@/shared/components/badge';
import { Sheet } from '@/shared/components/sheet';
import { Notice } from '@/shared/components/states';
import { formatCount } from '@/shared/format/number';
import { formatTime } from '@/shared/format/time';

/** One projection: the state of its last replay, and what can be done. */
export function ReplayCard({ name, replay }: { name: string; replay: Replay | undefined }) {
  return (
    <Sheet aria-label={name} className="flex flex-col gap-3 px-4 py-3" data-projection={name}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="font-semibold figures">{name}</h2>
          <PhaseBadge replay={replay} />
        </div>
        <VerbButtons name={name} replay={replay} />
      </div>
      {replay !== undefined && <State replay={replay} />}
    </Sheet>
  );
}

function PhaseBadge({ replay }: { replay: Replay | undefined }) {
  if (replay === undefined) return <span className="text-sm text-ink-soft">No replay yet</span>;
  const { label, tone } = PHASES[replay.phase];
  const wanted = replay.wanted === null ? undefined : WANTED[replay.wanted];
  return (
    <>
      <Badge tone={tone}>{label}</Badge>
      <span role="status" className="text-sm text-ink-soft">
        {wanted}
      </span>
    </>
  );
}

function State({ replay }: { replay: Replay }) {
  return (
    <>
      {replay.error !== null && <Notice tone="bad">{replay.error}</Notice>}
      {replay.refused !== null && <Notice tone="wait">Not done: {replay.refused}.</Notice>}
      <ReplayProgress replay={replay} />
      {replay.report !== null && <ReplayReport report={replay.report} />}
      <p className="text-sm text-ink-soft">
        <Facts replay={replay} />
      </p>
    </>
  );
}

function Facts({ replay }: { replay: Replay }) {
  const facts = [
    `Started ${REASONS[replay.reason] ?? replay.reason}, ${formatTime(replay.requested_at)}, by ${replay.requested_by}`,
  ];
  if (replay.automatic) facts.push('switches by itself');
  if (replay.throttle !== null) facts.push(`at most ${formatCount(replay.throttle)} events/s`);
  if (replay.workers !== null) facts.push(`at most ${formatCount(replay.workers)} replays at once`);
  if (replay.owner !== null) facts.push(`runs in ${replay.owner}`);
  if (replay.switched_at !== null) facts.push(`switched ${formatTime(replay.switched_at)}`);
  if (replay.kept_until !== null) facts.push(`roll-back possible until ${formatTime(replay.kept_until)}`);
  if (replay.phase === 'switched' && replay.dropped !== null)
    facts.push(`can't be rolled back: ${replay.dropped}`);
  return facts.join(' · ');
}
