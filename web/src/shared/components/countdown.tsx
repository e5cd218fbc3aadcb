import { Icon } from '@/shared/components/icon';
import { useNow } from '@/shared/components/use-now';
import { formatCountdown } from '@/shared/format/time';

/** Remaining time at which the countdown is highlighted. */
const URGENT_MS = 120_000;

/** Remaining time. Screen readers announce only the last two minutes and the end. */
export function Countdown({ until, label }: { until: string; label: string }) {
  const end = Date.parse(until);
  const now = useNow();
  const leftMs = end - now;
  const isUrgent = leftMs < URGENT_MS;
  return (
    <p className={isUrgent ? 'flex items-center gap-2 font-medium text-amber' : 'flex items-center gap-2'}>
      <Icon name="clock" />
      <span>{label}</span>
      <time className="text-lg font-semibold figures" dateTime={until}>
        {formatCountdown(leftMs)}
      </time>
      <span role="status" className="sr-only">
        {leftMs <= 0 ? `${label}: time is up` : isUrgent ? `${label}: less than two minutes left` : ''}
      </span>
    </p>
  );
}
