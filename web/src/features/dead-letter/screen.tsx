import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';

import { ActionHistory } from '@/features/dead-letter/action-history';
import { LetterDrawer } from '@/features/dead-letter/letter-drawer';
import { LetterTable } from '@/features/dead-letter/letter-table';
import { deadLetterPages } from '@/features/dead-letter/requests';
import { RetryAll } from '@/features/dead-letter/retry-all';
import { CONDITIONS, conditionsOf } from '@/features/dead-letter/search';
import { ConditionsForm } from '@/shared/components/conditions-form';
import { PageHead } from '@/shared/components/page-head';
import { ShowMore } from '@/shared/components/show-more';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { counted } from '@/shared/format/words';
import { itemsOf, moreOf } from '@/shared/paging';

const route = getRouteApi('/dead-letters');

/** Interval of requests: a policy's retries change the list. */
const REFRESH_MS = 5_000;

/** The events that projections and policies could not process: list, details, retry, skip, history. */
export function DeadLettersScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const conditions = conditionsOf(search);
  const pages = useInfiniteQuery({
    ...deadLetterPages(conditions),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const letters = itemsOf(pages.data);
  const count = pages.data?.pages[0]?.count;
  const open = (id: string | undefined) =>
    void navigate({ search: (old) => ({ ...old, id }), resetScroll: false });
  return (
    <>
      <PageHead title="Dead letters">
        <RetryAll conditions={conditions} />
      </PageHead>
      <ConditionsForm
        label="Dead letters"
        fields={CONDITIONS}
        columns="lg:grid-cols-[repeat(5,1fr)_auto]"
        conditions={conditions}
        error={pages.error}
        onChange={(next) => void navigate({ search: next })}
      />
      {count !== undefined && count > 0 && (
        <p role="status" className="mb-2 text-sm text-ink-soft">
          {counted(count, 'dead letter')}
        </p>
      )}
      {pages.isPending && (
        <>
          <Loading label="Loading dead letters" />
          <Skeleton className="h-64 rounded-lg" />
        </>
      )}
      {pages.isError && pages.data === undefined && (
        <ErrorState
          error={pages.error}
          onRetry={() => void pages.refetch()}
          title="Couldn't load dead letters"
        />
      )}
      {pages.data !== undefined && letters.length === 0 && (
        <EmptyState icon="check" title="No dead letters">
          Events that a projection or policy can&apos;t process appear here.
        </EmptyState>
      )}
      {letters.length > 0 && <LetterTable letters={letters} openId={search.id} onOpen={open} />}
      <ShowMore {...moreOf(pages)} shown={letters.length} noun="dead letter" />
      <ActionHistory />
      <LetterDrawer id={search.id} onClose={() => open(undefined)} />
    </>
  );
}
