import { getRouteApi } from '@tanstack/react-router';

import { EventDrawer } from '@/features/event/event-drawer';
import { EventTable, EventTableSkeleton } from '@/features/event/event-table';
import { CONDITIONS, conditionsOf, type EventConditions } from '@/features/event/search';
import { useEvents } from '@/features/event/use-events';
import { Button } from '@/shared/components/button';
import { ConditionsForm } from '@/shared/components/conditions-form';
import { PageHead } from '@/shared/components/page-head';
import { ShowMore } from '@/shared/components/show-more';
import { EmptyState, ErrorState, Notice } from '@/shared/components/states';
import { moreOf } from '@/shared/paging';

const route = getRouteApi('/events');

/** The log of events: a live list, a search, and one event with its cause and effects. */
export function EventsScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const conditions = conditionsOf(search);
  const { pages, rows, isFollowing, setIsFollowing, followError } = useEvents(conditions);
  const open = (position: number | undefined) =>
    void navigate({ search: (old) => ({ ...old, position }), resetScroll: false });
  const find = (next: EventConditions) => void navigate({ search: next });
  return (
    <>
      <PageHead title="Events">
        <Button variant="secondary" aria-pressed={isFollowing} onClick={() => setIsFollowing(!isFollowing)}>
          {isFollowing ? 'Pause' : 'Follow new events'}
        </Button>
      </PageHead>
      <ConditionsForm
        label="Events"
        fields={CONDITIONS}
        columns="lg:grid-cols-[repeat(4,1fr)_auto]"
        conditions={conditions}
        error={pages.error}
        onChange={find}
      />
      {followError !== null && (
        <Notice tone="bad">New events could not be loaded. Waybill keeps trying.</Notice>
      )}
      {pages.isPending && <EventTableSkeleton />}
      {pages.isError && pages.data === undefined && (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} title="Couldn't load events" />
      )}
      {pages.data !== undefined && rows.length === 0 && !pages.hasNextPage && (
        <EmptyState icon="search" title="No event meets the conditions">
          New events appear here automatically.
        </EmptyState>
      )}
      {rows.length > 0 && <EventTable rows={rows} openPosition={search.position} onOpen={open} />}
      <ShowMore
        {...moreOf(pages)}
        shown={rows.length}
        noun="event"
        label={rows.length === 0 ? 'Search older events' : 'Show more'}
      />
      <EventDrawer position={search.position} onClose={() => open(undefined)} onOpen={open} onFind={find} />
    </>
  );
}
