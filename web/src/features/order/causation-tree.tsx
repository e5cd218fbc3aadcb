import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { eventName } from '@/features/order/past';
import { orderCausation } from '@/features/order/past-requests';
import type { Schema } from '@/shared/api/client';
import { hasRole, sessionStore } from '@/shared/api/session';
import { cn } from '@/shared/cn';
import { Badge } from '@/shared/components/badge';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { formatInstant } from '@/shared/format/time';
import { useStore } from '@/shared/store';

/** Largest depth with an indentation of its own. */
const INDENTED_MAX = 5;
const INDENTS = ['', 'ml-4', 'ml-8', 'ml-12', 'ml-16', 'ml-20'] as const;

interface CausationTreeProps {
  order: Pick<Schema<'Order'>, 'id' | 'position'>;
  /** Position of the event that is shown. */
  current?: number | undefined;
}

/** Commands about an order and what they led to, as an indented tree. For admins; nothing for others. */
export function CausationTree(props: CausationTreeProps) {
  const session = useStore(sessionStore);
  return hasRole(session, 'admin') ? <Tree {...props} /> : null;
}

function Tree({ order, current }: CausationTreeProps) {
  const causation = useQuery(orderCausation(order.id, order.position));
  return (
    <Sheet aria-labelledby="causation-title" className="flex flex-col gap-3 p-5">
      <h2 id="causation-title" className="font-semibold">
        Causes and effects
      </h2>
      {causation.isPending && (
        <>
          <Loading label="Loading causes and effects" />
          <Skeleton className="h-40 rounded-md" />
        </>
      )}
      {causation.isError && (
        <ErrorState
          error={causation.error}
          onRetry={() => void causation.refetch()}
          title="Couldn't load causes and effects"
        />
      )}
      <ol className="flex flex-col gap-3 empty:hidden">
        {causation.data?.items.map((command) => (
          <Command key={command.command_id} command={command} current={current} />
        ))}
      </ol>
      {causation.data?.is_complete === false && (
        <p className="text-sm text-ink-soft">Later events are in the log.</p>
      )}
    </Sheet>
  );
}

interface CommandProps {
  command: Schema<'CausedCommand'>;
  current: number | undefined;
}

function Command({ command, current }: CommandProps) {
  const indent = INDENTS[Math.min(command.depth, INDENTED_MAX)] ?? '';
  return (
    <li
      data-depth={command.depth}
      className={cn('border-l-2 pl-3', command.depth === 0 ? 'border-ink' : 'border-line-strong', indent)}
    >
      <p className="flex flex-wrap items-center gap-x-2 text-sm">
        {command.policy == null ? (
          <span className="min-w-0 font-medium break-all figures">{command.actor}</span>
        ) : (
          <Badge>Policy {command.policy}</Badge>
        )}
        {command.cause != null && (
          <span className="text-ink-soft">after {eventName(command.cause.event_type).toLowerCase()}</span>
        )}
      </p>
      <ul>
        {command.events.map((event) => (
          <li key={event.position} className="flex flex-wrap items-baseline gap-x-3 text-sm">
            <Link
              to="/events"
              search={{ position: event.position, stream: event.stream_id }}
              aria-current={event.position === current ? 'true' : undefined}
              className={cn(
                'inline-block min-h-6 font-medium underline underline-offset-2 hover:text-signal',
                event.position === current && 'rounded-sm bg-signal-soft px-1 text-signal-strong',
              )}
            >
              {eventName(event.event_type)}
            </Link>
            <time dateTime={event.recorded_at} className="text-ink-soft figures">
              {formatInstant(event.recorded_at)}
            </time>
          </li>
        ))}
      </ul>
    </li>
  );
}
