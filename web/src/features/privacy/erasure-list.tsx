import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { type Erasure, erasures } from '@/features/privacy/requests';
import { Badge } from '@/shared/components/badge';
import { Sheet } from '@/shared/components/sheet';
import { ShowMore } from '@/shared/components/show-more';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { formatInstant } from '@/shared/format/time';
import { itemsOf, moreOf } from '@/shared/paging';

/** The record of erasures: when, of whom, by whom, why, and whether it is done. */
export function ErasureList() {
  const pages = useInfiniteQuery(erasures);
  const rows = itemsOf(pages.data);
  return (
    <section aria-labelledby="erasures" className="min-w-0">
      <h2 id="erasures" className="mb-3 text-lg font-semibold">
        Erasures
      </h2>
      {pages.isPending && (
        <>
          <Loading label="Loading erasures" />
          <Skeleton className="h-48 rounded-lg" />
        </>
      )}
      {pages.isError && pages.data === undefined && (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} title="Couldn't load erasures" />
      )}
      {pages.data !== undefined && rows.length === 0 && (
        <EmptyState icon="person" title="Nobody was erased yet">
          Erasures appear here, also those that customers request themselves.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <Sheet aria-label="List of erasures">
          <ul className="divide-y divide-line">
            {rows.map((erasure) => (
              <Row key={erasure.position} erasure={erasure} />
            ))}
          </ul>
        </Sheet>
      )}
      <ShowMore {...moreOf(pages)} shown={rows.length} noun="erasure" />
    </section>
  );
}

function Row({ erasure }: { erasure: Erasure }) {
  const { position, person_id, order_number, requested_at, reason, erased_at } = erasure;
  return (
    <li className="flex flex-col gap-1 px-4 py-3" data-person={person_id}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Link
          to="/events"
          search={{ position }}
          className="font-semibold break-all figures underline underline-offset-2"
        >
          {order_number === null ? `Person ${person_id.slice(0, 8)}` : `Guest of ${order_number}`}
        </Link>
        {erased_at === null ? <Badge tone="wait">In progress</Badge> : <Badge tone="done">Erased</Badge>}
      </div>
      <p className="text-sm break-words">
        <time dateTime={requested_at}>{formatInstant(requested_at)}</time>, {requester(erasure)}
      </p>
      {reason !== null && <p className="text-sm break-words text-ink-soft">{reason}</p>}
    </li>
  );
}

function requester({ requested_by, admin }: Erasure): string {
  if (requested_by === 'person') return 'requested by the person';
  if (requested_by === 'operator') return 'requested by an operator';
  return `requested by ${admin?.email ?? 'an admin who has left'}`;
}
