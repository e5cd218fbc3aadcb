import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { eventPages, eventsAfter } from '@/features/event/requests';
import type { EventConditions } from '@/features/event/search';
import { itemsOf, prepend } from '@/shared/paging';

/** Time between two requests for new events. */
const FOLLOW_MS = 1_000;

/** Maximum number of rows to which new ones are added; a longer list begins again. */
const ROWS_MAX = 1_000;

/** Events that meet the conditions, newest first. New ones are added at the top until the list is paused. */
export function useEvents(conditions: EventConditions) {
  const queryClient = useQueryClient();
  const query = eventPages(conditions);
  const pages = useInfiniteQuery({ ...query, placeholderData: keepPreviousData });
  const [isFollowing, setIsFollowing] = useState(true);
  const following = useQuery({
    queryKey: ['new-events', conditions],
    enabled: isFollowing && pages.isSuccess && !pages.isPlaceholderData,
    refetchInterval: FOLLOW_MS,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const loaded = queryClient.getQueryData(query.queryKey);
      const [first] = loaded?.pages ?? [];
      if (first === undefined) return null;
      const newer = await eventsAfter(conditions, first.head, signal);
      if (newer.next_cursor !== null || itemsOf(loaded).length > ROWS_MAX) {
        await queryClient.resetQueries({ queryKey: query.queryKey, exact: true });
      } else {
        queryClient.setQueryData(query.queryKey, (old) => {
          // The list may have been loaded again meanwhile, with these events.
          if (old?.pages[0]?.head !== first.head) return old;
          const { pages: all, pageParams } = prepend(old, newer.items);
          return { pages: all.map((page) => ({ ...page, head: newer.head })), pageParams };
        });
      }
      return newer.head;
    },
  });
  return { pages, rows: itemsOf(pages.data), isFollowing, setIsFollowing, followError: following.error };
}
