import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { LetterActions } from '@/features/dead-letter/letter-actions';
import { StateBadge } from '@/features/dead-letter/letter-table';
import { oneDeadLetter } from '@/features/dead-letter/requests';
import type { Schema } from '@/shared/api/client';
import { Modal } from '@/shared/components/modal';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState, Notice } from '@/shared/components/states';
import { formatInstant } from '@/shared/format/time';

interface LetterDrawerProps {
  id: string | undefined;
  onClose: () => void;
}

/** Side panel with one dead letter: its payload, what waits behind it, retry and skip. */
export function LetterDrawer({ id, onClose }: LetterDrawerProps) {
  return (
    <Modal title="Dead letter" kind="side" isOpen={id !== undefined} onClose={onClose}>
      {id !== undefined && <Details key={id} id={id} onClose={onClose} />}
    </Modal>
  );
}

function Details({ id, onClose }: { id: string; onClose: () => void }) {
  const letter = useQuery(oneDeadLetter(id));
  if (letter.isPending) {
    return (
      <>
        <Loading label="Loading dead letter" />
        <Skeleton className="h-96 rounded-lg" />
      </>
    );
  }
  if (letter.data === undefined) {
    return (
      <ErrorState
        error={letter.error}
        onRetry={() => void letter.refetch()}
        title="This dead letter is resolved, or couldn't be loaded"
      />
    );
  }
  return <Loaded letter={letter.data} onClose={onClose} />;
}

function Loaded({ letter, onClose }: { letter: Schema<'DeadLetterDetail'>; onClose: () => void }) {
  const link = 'font-medium underline underline-offset-2';
  return (
    <div className="flex flex-col gap-5">
      <div>
        <p className="text-lg font-bold">{letter.event_type}</p>
        <p className="flex flex-wrap items-center gap-2 text-ink-soft figures">
          <StateBadge state={letter.state} /> {letter.id}
        </p>
      </div>
      {letter.error != null && <Notice tone="bad">{letter.error}</Notice>}
      <LetterActions letter={letter} onResolved={onClose} />
      <Sheet aria-label="Dead letter" className="p-4">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
          <Field name={letter.kind === 'policy' ? 'Policy' : 'Projection'}>{letter.consumer}</Field>
          <Field name="Event">
            <Link to="/events" search={{ position: letter.position }} className={link}>
              Position {letter.position}
            </Link>
          </Field>
          {letter.stream_id != null && (
            <Field name="Stream">
              <Link to="/events" search={{ stream: letter.stream_id }} className={link}>
                {letter.stream_id}
              </Link>
            </Field>
          )}
          {letter.correlation_id != null && (
            <Field name="Correlation">
              <Link to="/events" search={{ correlation_id: letter.correlation_id }} className={link}>
                {letter.correlation_id}
              </Link>
            </Field>
          )}
          <Field name="Key">{letter.key}</Field>
          <Field name="Attempts">{letter.attempts}</Field>
          <Field name="Since">{formatInstant(letter.created_at)}</Field>
          {letter.last_attempt_at != null && (
            <Field name="Last attempt">{formatInstant(letter.last_attempt_at)}</Field>
          )}
          {letter.next_attempt_at != null && (
            <Field name="Next attempt">{formatInstant(letter.next_attempt_at)}</Field>
          )}
        </dl>
      </Sheet>
      <Waiting letter={letter} />
      {letter.payload != null && (
        <Sheet aria-label="Payload" className="p-4">
          <h3 className="text-sm font-semibold">Payload</h3>
          <pre
            className="mt-1 overflow-x-auto text-sm"
            tabIndex={0}
            role="region"
            aria-label="Payload as JSON"
          >
            {JSON.stringify(letter.payload, null, 2)}
          </pre>
        </Sheet>
      )}
    </div>
  );
}

function Waiting({ letter }: { letter: Schema<'DeadLetterDetail'> }) {
  const more = letter.behind - letter.waiting.length;
  return (
    <Sheet aria-label="Waiting behind it" className="p-4 text-sm">
      <h3 className="font-semibold">Waiting behind it</h3>
      {letter.waiting.length === 0 && <p>Nothing</p>}
      <ul>
        {letter.waiting.map(({ id, event_type, position }) => (
          <li key={id}>
            {event_type} at position {position}
          </li>
        ))}
      </ul>
      {more > 0 && <p>and {more.toLocaleString('en-GB')} more</p>}
    </Sheet>
  );
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="min-w-0 break-all figures">{children}</dd>
    </>
  );
}
