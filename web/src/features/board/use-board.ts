import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { boardOrder, dashboard, orderPages } from '@/features/board/requests';
import type { BoardSearch } from '@/features/board/search';
import type { Schema } from '@/shared/api/client';
import { rememberPosition } from '@/shared/api/read-your-writes';
import { patched, readChange } from '@/shared/order/changes';
import { refreshNotes } from '@/shared/order/note-requests';
import { itemsOf, latestPosition, mapItems, prepend } from '@/shared/paging';
import { useChannel } from '@/shared/socket/use-channel';
import { reload } from '@/shared/reload';

type Row = Schema<'OrderRow'>;

/** Maximum number of new orders held back until the user shows them. */
const WAITING_MAX = 200;

/** Adds or updates `row` in the new orders, newest first. */
function withWaiting(waiting: Row[], row: Row): Row[] {
  const known = waiting.find((each) => each.id === row.id);
  if (known !== undefined) return waiting.map((each) => (each === known ? patched(known, row) : each));
  return [row, ...waiting].slice(0, WAITING_MAX);
}

/** Live list of orders: listed rows update in place; new ones are held back until the user shows them. */
export function useBoard(status: BoardSearch['status']) {
  const queryClient = useQueryClient();
  const query = orderPages(status);
  const pages = useInfiniteQuery({ ...query, placeholderData: keepPreviousData });
  const [waiting, setWaiting] = useState<Row[]>([]);
  const rows = itemsOf(pages.data);
  const refresh = () => {
    void reload(queryClient, query);
    void reload(queryClient, dashboard);
  };
  useChannel({
    channel: pages.data === undefined ? null : 'orders',
    since: latestPosition(rows),
    onChange: (change) => {
      const note = readChange('order.note-added', change);
      if (note !== null) {
        void refreshNotes(queryClient, note.order_id);
        return;
      }
      const row = readChange('order.changed', change);
      if (row === null) {
        refresh();
        return;
      }
      void reload(queryClient, boardOrder(row.id));
      void reload(queryClient, dashboard);
      const pagesNow = queryClient.getQueryData(query.queryKey);
      if (itemsOf(pagesNow).some((each) => each.id === row.id)) {
        queryClient.setQueryData(
          query.queryKey,
          (old) => old && mapItems(old, (each) => (each.id === row.id ? patched(each, row) : each)),
        );
      } else if (isNew(row, itemsOf(pagesNow)) && (status === undefined || row.status === status)) {
        setWaiting((old) => withWaiting(old, row));
      }
    },
    onResync: (position) => {
      rememberPosition(position);
      setWaiting([]);
      refresh();
      void refreshNotes(queryClient);
    },
  });
  const showWaiting = () => {
    queryClient.setQueryData(query.queryKey, (old) => old && prepend(old, waiting));
    setWaiting([]);
  };
  return { pages, rows, waitingCount: waiting.length, showWaiting };
}

/** Whether an unlisted order is newer than the list, rather than on a later page. */
function isNew(row: Row, rows: Row[]): boolean {
  const newest = rows[0];
  return newest === undefined || row.placed_at >= newest.placed_at;
}
