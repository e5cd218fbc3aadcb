import type { ReactNode } from 'react';

import type { Schema } from '@/shared/api/client';
import { Badge } from '@/shared/components/badge';
import { Sheet } from '@/shared/components/sheet';
import { formatBytes, formatCount } from '@/shared/format/number';
import { formatClock, formatDuration, formatTime } from '@/shared/format/time';

type Status = Schema<'SystemStatus'>;

/** Card with the state of one part, and its facts. */
function Part({
  title,
  good,
  facts,
}: {
  title: string;
  good: [boolean, string];
  facts: [string, ReactNode][];
}) {
  const [isGood, label] = good;
  return (
    <Sheet aria-label={title} className="px-4 py-3">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold">{title}</h2>
        <Badge tone={isGood ? 'progress' : 'bad'}>{label}</Badge>
      </div>
      <dl className="mt-2 grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="text-right figures">{value}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}

export function PostgresPart({ postgres }: { postgres: Status['postgres'] }) {
  const { is_reachable, answered_in_ms, pools } = postgres;
  return (
    <Part
      title="Database"
      good={[is_reachable, is_reachable ? 'Answers' : 'No answer']}
      facts={[
        ['Answer time', answered_in_ms === null ? '–' : `${answered_in_ms.toFixed(1)} ms`],
        ...pools.map(({ name, in_use, max }): [string, string] => [name, `${in_use} of ${max} in use`]),
      ]}
    />
  );
}

export function LogPart({ log: { head, relay } }: { log: Status['log'] }) {
  const position: [string, string] = ['Newest event', head === null ? '–' : formatCount(head)];
  if (relay === null) {
    return (
      <Part title="Log" good={[head !== null, 'Embedded']} facts={[position, ['Broker', 'None needed']]} />
    );
  }
  const isUp = relay.is_broker_up !== false;
  const behind = relay.lag === 0 ? 'Up to date' : `${formatCount(relay.lag)}, ${formatDuration(relay.lag_s)}`;
  return (
    <Part
      title="Log and broker"
      good={[isUp, isUp ? 'Kafka' : 'Broker down']}
      facts={[position, ['Published', formatCount(relay.position)], ['Relay behind', behind]]}
    />
  );
}

export function SocketPart({ sockets }: { sockets: NonNullable<Status['sockets']> }) {
  return (
    <Part
      title="Sockets"
      good={[sockets.is_serving, sockets.is_serving ? `${formatCount(sockets.open)} open` : 'Starting']}
      facts={[
        ['Deliveries', formatCount(sockets.deliveries)],
        ['Fell behind', formatCount(sockets.lagged)],
        ['Conflated', formatCount(sockets.conflated)],
        ['Closed as too slow', formatCount(sockets.evicted)],
      ]}
    />
  );
}

export function DiskPart({ disk }: { disk: NonNullable<Status['disk']> }) {
  const hasRoom = disk.free_bytes >= disk.free_bytes_min;
  return (
    <Part
      title="Disk"
      good={[hasRoom, hasRoom ? 'Has room' : 'Nearly full']}
      facts={[
        ['Free', formatBytes(disk.free_bytes)],
        ['Size', formatBytes(disk.total_bytes)],
        ['Commands refused below', formatBytes(disk.free_bytes_min)],
      ]}
    />
  );
}

export function ProcessPart({ status }: { status: Status }) {
  return (
    <Part
      title="Release"
      good={[true, status.version]}
      facts={[
        ['Running since', formatTime(status.started_at)],
        ['As of', formatClock(new Date(status.read_at))],
      ]}
    />
  );
}
