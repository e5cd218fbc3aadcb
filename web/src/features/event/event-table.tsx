import { memo } from 'react';

import type { Schema } from '@/shared/api/client';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { formatInstant } from '@/shared/format/time';

type Row = Schema<'EventSummary'>;

interface EventTableProps {
  rows: Row[];
  openPosition: number | undefined;
  onOpen: (position: number) => void;
}

const cell = 'px-3 py-1.5 first:pl-4 last:pr-4';
const head = `${cell} font-medium`;
const wide = 'hidden md:table-cell';

export function EventTable({ rows, openPosition, onOpen }: EventTableProps) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-sheet">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Events, newest first</caption>
        <thead className="border-b border-ink text-ink-soft">
          <tr>
            <th scope="col" className={`${head} text-right`}>
              Position
            </th>
            <th scope="col" className={head}>
              Type
            </th>
            <th scope="col" className={`${head} ${wide}`}>
              Stream
            </th>
            <th scope="col" className={`${head} ${wide} text-right`}>
              Version
            </th>
            <th scope="col" className={`${head} ${wide}`}>
              Actor
            </th>
            <th scope="col" className={`${head} text-right`}>
              Recorded
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <EventRow key={row.position} row={row} isOpen={row.position === openPosition} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface EventRowProps {
  row: Row;
  isOpen: boolean;
  onOpen: (position: number) => void;
}

const EventRow = memo(
  function EventRow({ row, isOpen, onOpen }: EventRowProps) {
    return (
      <tr className={isOpen ? 'relative bg-well' : 'relative hover:bg-well'} data-position={row.position}>
        <td className={`${cell} text-right text-ink-soft figures`}>{row.position}</td>
        <th scope="row" className={`${cell} font-semibold`}>
          <button
            type="button"
            onClick={() => onOpen(row.position)}
            className="min-h-6 text-left after:absolute after:inset-0"
            aria-haspopup="dialog"
          >
            {row.event_type}
          </button>
          <span className="block max-w-[44vw] truncate font-normal text-ink-soft figures md:hidden">
            {row.stream_id}
          </span>
        </th>
        <td className={`${cell} ${wide} figures`}>{row.stream_id}</td>
        <td className={`${cell} ${wide} text-right figures`}>{row.version}</td>
        <td className={`${cell} ${wide} max-w-60 truncate`}>{row.actor}</td>
        <td className={`${cell} text-right whitespace-nowrap figures`}>
          <time dateTime={row.recorded_at}>{formatInstant(row.recorded_at)}</time>
        </td>
      </tr>
    );
  },
  (before, after) => before.row === after.row && before.isOpen === after.isOpen,
);

export function EventTableSkeleton() {
  return (
    <div className="rounded-lg border border-line bg-sheet p-4">
      <Loading label="Loading events" />
      {Array.from({ length: 12 }, (_, index) => (
        <Skeleton key={index} className="my-3 h-5" />
      ))}
    </div>
  );
}
