import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { oneEvent } from '@/features/event/requests';
import type { EventConditions } from '@/features/event/search';
import { SubjectLink } from '@/features/event/subject-link';
import type { Schema } from '@/shared/api/client';
import { Modal } from '@/shared/components/modal';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { formatInstant } from '@/shared/format/time';

interface EventDrawerProps {
  position: number | undefined;
  onClose: () => void;
  onOpen: (position: number) => void;
  /** Lists the events that meet the condition. */
  onFind: (conditions: EventConditions) => void;
}

/** Side panel with one event: what is recorded of it, its cause and its effects. */
export function EventDrawer({ position, onClose, ...links }: EventDrawerProps) {
  return (
    <Modal title="Event" kind="side" isOpen={position !== undefined} onClose={onClose}>
      {position !== undefined && <Details key={position} position={position} {...links} />}
    </Modal>
  );
}

type LinkProps = Pick<EventDrawerProps, 'onOpen' | 'onFind'>;

function Details({ position, ...links }: LinkProps & { position: number }) {
  const event = useQuery(oneEvent(position));
  if (event.isPending) {
    return (
      <>
        <Loading label="Loading event" />
        <Skeleton className="h-96 rounded-lg" />
      </>
    );
  }
  if (event.data === undefined) {
    return (
      <ErrorState error={event.error} onRetry={() => void event.refetch()} title="Couldn't load the event" />
    );
  }
  return <Loaded event={event.data} {...links} />;
}

function Loaded({ event, onOpen, onFind }: LinkProps & { event: Schema<'EventDetail'> }) {
  const find = (label: string, conditions: EventConditions) => (
    <TextButton onClick={() => onFind(conditions)}>{label}</TextButton>
  );
  return (
    <div className="flex flex-col gap-5">
      <div>
        <p className="text-lg font-bold">{event.event_type}</p>
        <p className="text-ink-soft figures">Position {event.position}</p>
      </div>
      <Sheet aria-label="Record" className="p-4">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
          <Field name="Recorded">{formatInstant(event.recorded_at)}</Field>
          <Field name="Happened">{formatInstant(event.occurred_at)}</Field>
          <Field name="Stream">
            {find(event.stream_id, { stream: event.stream_id })}, version {event.version}
          </Field>
          <Field name="Subject">
            <SubjectLink event={event} />
          </Field>
          <Field name="Actor">{find(event.actor, { actor: event.actor })}</Field>
          <Field name="Correlation">
            {find(event.correlation_id, { correlation_id: event.correlation_id })}
          </Field>
          <Field name="Command">{event.command_id}</Field>
          <Field name="Event id">{event.event_id}</Field>
          {event.traceparent != null && <Field name="Trace">{event.traceparent.split('-')[1]}</Field>}
          <Field name="Schema">version {event.schema_version}</Field>
        </dl>
      </Sheet>
      <Sheet aria-label="Cause and effects" className="p-4 text-sm">
        <h3 className="font-semibold">Cause</h3>
        {event.cause == null ? (
          <p>A request from outside</p>
        ) : (
          <EventLink event={event.cause} onOpen={onOpen} />
        )}
        <h3 className="mt-3 font-semibold">Effects of policies</h3>
        {event.effects.length === 0 && <p>None</p>}
        <ul>
          {event.effects.map((effect) => (
            <li key={effect.position}>
              <EventLink event={effect} onOpen={onOpen} />
            </li>
          ))}
        </ul>
        {event.effect_count > event.effects.length && (
          <p>and {(event.effect_count - event.effects.length).toLocaleString('en-GB')} more</p>
        )}
      </Sheet>
      <Sheet aria-label="Payload" className="p-4">
        <h3 className="text-sm font-semibold">Payload</h3>
        <pre className="mt-1 overflow-x-auto text-sm" tabIndex={0} role="region" aria-label="Payload as JSON">
          {JSON.stringify(event.payload, null, 2)}
        </pre>
      </Sheet>
    </div>
  );
}

function EventLink({ event, onOpen }: { event: Schema<'EventSummary'>; onOpen: (position: number) => void }) {
  return (
    <TextButton onClick={() => onOpen(event.position)}>
      {event.event_type} at position {event.position}
    </TextButton>
  );
}

function TextButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-6 text-left font-medium break-all underline underline-offset-2 hover:text-signal"
    >
      {children}
    </button>
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
