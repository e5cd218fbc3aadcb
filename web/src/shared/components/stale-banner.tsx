import { Icon } from '@/shared/components/icon';
import { formatClock } from '@/shared/format/time';
import type { SocketStatus } from '@/shared/socket/socket-client';

/** Warns that data may be out of date and shows when it was last updated. Empty while live. */
export function StaleBanner({ status }: { status: SocketStatus }) {
  const isStale =
    status.state === 'waiting' ||
    status.state === 'offline' ||
    (status.state === 'connecting' && status.heardAt !== null);
  return (
    <div role="status" className="not-empty:mb-4">
      {isStale && (
        <p className="flex items-center gap-2 rounded-md border border-amber bg-amber-soft px-3 py-2 text-amber figures">
          <Icon name="offline" />
          {status.state === 'offline' ? "You're offline." : 'Reconnecting…'}
          {status.heardAt !== null && ` Last updated ${formatClock(status.heardAt)}`}
        </p>
      )}
    </div>
  );
}

/** Shows whether the page updates live. */
export function LiveDot({ status }: { status: SocketStatus }) {
  const isLive = status.state === 'live';
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-ink-soft">
      <span
        aria-hidden="true"
        className={isLive ? 'size-2 rounded-full bg-signal' : 'size-2 rounded-full border border-ink-soft'}
      />
      {isLive ? 'Live' : 'Not live'}
    </span>
  );
}
