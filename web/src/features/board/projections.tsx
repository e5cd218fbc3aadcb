import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { dashboard } from '@/features/board/requests';
import type { Schema } from '@/shared/api/client';
import { Icon } from '@/shared/components/icon';

type Status = Schema<'ConsumerStatus'>;

/** Interval of requests. Sockets don't report that a projection has stopped. */
const REFRESH_MS = 15_000;

/** State of the projections behind this board: one line while all run, otherwise a notice with the reasons. */
export function Projections() {
  const { data } = useQuery({ ...dashboard, refetchInterval: REFRESH_MS });
  const deadLetters = (
    <Link to="/dead-letters" className="font-medium underline underline-offset-2">
      Show dead letters
    </Link>
  );
  return data === undefined ? null : (
    <ProjectionNotice projections={data.projections} deadLetters={deadLetters} />
  );
}

interface ProjectionNoticeProps {
  projections: readonly Status[];
  /** Link to the parked events. */
  deadLetters: ReactNode;
}

export function ProjectionNotice({ projections, deadLetters }: ProjectionNoticeProps) {
  const concerns = projections.filter(({ state }) => state !== 'running');
  if (concerns.length === 0) {
    return <p className="mt-2 text-sm text-ink-soft">All {projections.length} projections are running.</p>;
  }
  return (
    <div role="status" className="mt-3 rounded-md border border-amber bg-amber-soft px-3 py-2 text-amber">
      <p className="flex items-center gap-2 font-semibold">
        <Icon name="warning" />
        Some data on this page may be out of date
      </p>
      <ul className="mt-1 text-sm figures">
        {concerns.map((projection) => (
          <li key={projection.name}>{sentence(projection)}</li>
        ))}
      </ul>
      {concerns.some(({ parked }) => parked > 0) && <p className="mt-1 text-sm">{deadLetters}</p>}
    </div>
  );
}

function sentence({ name, state, lag, parked, error }: Status): string {
  const behind = lag === 0 ? '' : `, ${count(lag, 'event')} behind`;
  switch (state) {
    case 'parked':
      return `${name}: ${count(parked, 'event')} parked`;
    case 'rebuilding':
      return `${name}: rebuilding${behind}`;
    case 'stopped':
      return `${name}: stopped${behind}${error === null ? '' : ` (${error})`}`;
    case 'running':
      return `${name}: running${behind}`;
  }
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`;
}
