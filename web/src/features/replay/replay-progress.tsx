import { isFilling } from '@/features/replay/phases';
import type { Replay } from '@/features/replay/requests';
import { formatCount } from '@/shared/format/number';
import { formatDuration } from '@/shared/format/time';

/** Bar with the events done and left, the speed and the time left. Nothing once it follows the log. */
export function ReplayProgress({ replay }: { replay: Replay }) {
  const isStopped = replay.phase === 'paused' || replay.phase === 'failed';
  if (!isFilling(replay) && !isStopped) return null;
  const { position, target, events_per_s: speed, eta_s: left } = replay;
  const facts = [`${formatCount(Math.max(0, target - position))} left`];
  if (replay.waiting_for !== null) facts.push(`waits for the replay of ${replay.waiting_for}`);
  else if (speed !== null) facts.push(`${formatCount(speed)} events/s`);
  if (replay.waiting_for === null && left !== null) facts.push(`${formatDuration(left)} left`);
  return (
    <div className="flex flex-col gap-1.5">
      <progress
        aria-label={`Progress of ${replay.projection}`}
        max={Math.max(1, target)}
        value={Math.min(position, Math.max(1, target))}
        className="h-2 w-full appearance-none overflow-hidden rounded-full bg-well [&::-moz-progress-bar]:bg-signal [&::-webkit-progress-bar]:bg-well [&::-webkit-progress-value]:bg-signal"
      />
      <p className="flex flex-wrap justify-between gap-x-4 text-sm text-ink-soft figures">
        <span>
          {formatCount(position)} of {formatCount(target)} events
        </span>
        <span>{facts.join(' · ')}</span>
      </p>
    </div>
  );
}
