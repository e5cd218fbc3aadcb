import type { Schema } from '@/shared/api/client';
import { Badge, type Tone } from '@/shared/components/badge';
import { formatInstant } from '@/shared/format/time';

type Letter = Schema<'DeadLetter'>;

interface LetterTableProps {
  letters: Letter[];
  openId: string | undefined;
  onOpen: (id: string) => void;
}

const TONES: Record<Letter['state'], Tone> = { parked: 'bad', retrying: 'wait', waiting: 'plain' };

const STATES: Record<Letter['state'], string> = {
  parked: 'Parked',
  retrying: 'Retrying',
  waiting: 'Waiting',
};

export function StateBadge({ state }: { state: Letter['state'] }) {
  return <Badge tone={TONES[state]}>{STATES[state]}</Badge>;
}

const cell = 'px-3 py-1.5 first:pl-4 last:pr-4';
const head = `${cell} font-medium`;
const wide = 'hidden md:table-cell';

export function LetterTable({ letters, openId, onOpen }: LetterTableProps) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-sheet">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Dead letters, by position</caption>
        <thead className="border-b border-ink text-ink-soft">
          <tr>
            <th scope="col" className={head}>
              Event
            </th>
            <th scope="col" className={head}>
              State
            </th>
            <th scope="col" className={`${head} ${wide}`}>
              Projection or policy
            </th>
            <th scope="col" className={`${head} ${wide}`}>
              Error
            </th>
            <th scope="col" className={`${head} ${wide} text-right`}>
              Attempts
            </th>
            <th scope="col" className={`${head} text-right`}>
              Behind
            </th>
            <th scope="col" className={`${head} ${wide} text-right`}>
              Since
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {letters.map((letter) => (
            <LetterRow key={letter.id} letter={letter} isOpen={letter.id === openId} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LetterRowProps {
  letter: Letter;
  isOpen: boolean;
  onOpen: (id: string) => void;
}

function LetterRow({ letter, isOpen, onOpen }: LetterRowProps) {
  return (
    <tr className={isOpen ? 'relative bg-well' : 'relative hover:bg-well'}>
      <th scope="row" className={`${cell} font-semibold`}>
        <button
          type="button"
          onClick={() => onOpen(letter.id)}
          className="min-h-6 text-left after:absolute after:inset-0"
          aria-haspopup="dialog"
        >
          {letter.event_type}
        </button>
        <span className="block font-normal text-ink-soft figures">at {letter.position}</span>
        <span className="block max-w-[44vw] truncate font-normal text-ink-soft md:hidden">
          {letter.consumer}
          {letter.error != null && `: ${letter.error}`}
        </span>
      </th>
      <td className={cell}>
        <StateBadge state={letter.state} />
      </td>
      <td className={`${cell} ${wide}`}>{letter.consumer}</td>
      <td className={`${cell} ${wide} max-w-96 truncate`}>{letter.error}</td>
      <td className={`${cell} ${wide} text-right figures`}>{letter.attempts}</td>
      <td className={`${cell} text-right figures`}>{letter.behind}</td>
      <td className={`${cell} ${wide} text-right whitespace-nowrap figures`}>
        <time dateTime={letter.created_at}>{formatInstant(letter.created_at)}</time>
      </td>
    </tr>
  );
}
