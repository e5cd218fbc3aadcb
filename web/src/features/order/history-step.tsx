import { Link } from '@tanstack/react-router';

import { actorName, eventName, fieldName, fieldValue } from '@/features/order/past';
import type { Schema } from '@/shared/api/client';
import { Glow } from '@/shared/components/glow';
import { Icon } from '@/shared/components/icon';
import { formatInstant } from '@/shared/format/time';
import { counted } from '@/shared/format/words';
import { ERASED_TEXT } from '@/shared/order/steps';

/** Maximum number of changed fields that are listed. */
const CHANGES_MAX = 12;

/** Difference between the times from which on an event counts as recorded later than it happened. */
const LATE_MS = 1_000;

interface HistoryStepProps {
  event: Schema<'HistoryEvent'>;
  /** Whether it is the first event, which sets every field. */
  isFirst: boolean;
  currency: Schema<'Money'>['currency'];
}

/** One event of a life: what, who, when, why, and what it changed. */
export function HistoryStep({ event, isFirst, currency }: HistoryStepProps) {
  const isLate = Date.parse(event.recorded_at) - Date.parse(event.occurred_at) >= LATE_MS;
  return (
    <div aria-live="polite">
      <p className="text-lg font-semibold">{eventName(event.event_type)}</p>
      <p className="text-sm text-ink-soft figures">
        By {actorName(event)}, <time dateTime={event.recorded_at}>{formatInstant(event.recorded_at)}</time>
        {isLate && <>, happened {formatInstant(event.occurred_at)}</>}
        {event.cause != null && <>, after {eventName(event.cause.event_type).toLowerCase()}</>}
      </p>
      {event.actor != null && (
        <p className="text-sm break-all text-ink-soft figures">
          {event.actor},{' '}
          <Link
            to="/events"
            search={{ position: event.position, correlation_id: event.correlation_id ?? undefined }}
            className="font-medium underline underline-offset-2 hover:text-signal"
          >
            position {event.position} in the log
          </Link>
        </p>
      )}
      {event.reason !== undefined && (
        <p className="mt-1 wrap-anywhere">Reason: {event.reason ?? ERASED_TEXT}</p>
      )}
      {!isFirst && <Changes changes={event.changes} position={event.position} currency={currency} />}
    </div>
  );
}

interface ChangesProps {
  changes: Schema<'FieldChange'>[];
  position: number;
  currency: Schema<'Money'>['currency'];
}

function Changes({ changes, position, currency }: ChangesProps) {
  if (changes.length === 0) return <p className="mt-2 text-sm text-ink-soft">No field changed.</p>;
  const shown = changes.slice(0, CHANGES_MAX);
  return (
    <Glow when={position} className="-mx-2 mt-2 rounded-md px-2 py-1">
      <dl aria-label="Changes" className="flex flex-col gap-1 text-sm figures">
        {shown.map(({ field, from, to }) => (
          <div key={field} className="flex flex-wrap items-center gap-x-2">
            <dt className="text-ink-soft">{fieldName(field)}</dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-x-1.5 wrap-anywhere">
              <span className="text-ink-soft line-through">{fieldValue(field, from, currency)}</span>
              <Icon name="chevronRight" className="size-3.5" />
              <span className="sr-only">to</span>
              <span className="font-semibold">{fieldValue(field, to, currency)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {changes.length > shown.length && (
        <p className="text-sm text-ink-soft">
          and {counted(changes.length - shown.length, 'more field')} changed
        </p>
      )}
    </Glow>
  );
}
