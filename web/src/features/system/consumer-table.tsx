import { Link } from '@tanstack/react-router';

import type { Schema } from '@/shared/api/client';
import { Badge, type Tone } from '@/shared/components/badge';
import { Sheet } from '@/shared/components/sheet';
import { formatCount } from '@/shared/format/number';
import { formatDuration } from '@/shared/format/time';
import { counted, humanize } from '@/shared/format/words';

type Consumer = Schema<'ConsumerHealth'>;

const TONES: Record<Consumer['state'], Tone> = {
  running: 'progress',
  rebuilding: 'wait',
  parked: 'wait',
  stopped: 'bad',
};

const cell = 'px-1.5 py-1.5 first:pl-4 last:pr-4 sm:px-3';

/** Consumers of the log with their state and delay. */
export function ConsumerTable({ title, consumers }: { title: string; consumers: Consumer[] }) {
  return (
    <Sheet aria-label={title} className="overflow-x-auto">
      <h2 className="px-4 pt-3 pb-1 font-semibold">{title}</h2>
      {consumers.length === 0 ? (
        <p className="px-4 pb-3 text-ink-soft">Not known while the database does not answer.</p>
      ) : (
        <table className="w-full text-left text-sm figures">
          <caption className="sr-only">{title}</caption>
          <thead className="border-b border-ink text-ink-soft">
            <tr>
              <th scope="col" className={`${cell} font-medium`}>
                Name
              </th>
              <th scope="col" className={`${cell} font-medium`}>
                State
              </th>
              <th scope="col" className={`${cell} text-right font-medium`}>
                Behind
              </th>
              <th scope="col" className={`${cell} text-right font-medium`}>
                Parked
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {consumers.map((consumer) => (
              <Row key={consumer.name} consumer={consumer} />
            ))}
          </tbody>
        </table>
      )}
    </Sheet>
  );
}

function Row({ consumer: { name, state, lag, lag_s, parked, error } }: { consumer: Consumer }) {
  return (
    <tr data-consumer={name}>
      <th scope="row" className={`${cell} font-semibold`}>
        {name}
        {error !== null && <span className="block font-normal text-red">{error}</span>}
      </th>
      <td className={cell}>
        <Badge tone={TONES[state]}>{humanize(state)}</Badge>
      </td>
      <td className={`${cell} text-right whitespace-nowrap`}>
        {lag === 0 ? 'Up to date' : `${formatCount(lag)}, ${formatDuration(lag_s)}`}
      </td>
      <td className={`${cell} text-right`}>
        {parked > 0 ? (
          <Link
            to="/dead-letters"
            search={{ consumer: name }}
            aria-label={`${counted(parked, 'dead letter')} of ${name}`}
            className="font-semibold text-amber underline underline-offset-2"
          >
            {formatCount(parked)}
          </Link>
        ) : (
          formatCount(parked)
        )}
      </td>
    </tr>
  );
}
