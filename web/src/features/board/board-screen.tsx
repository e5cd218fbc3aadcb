import { getRouteApi } from '@tanstack/react-router';

import { Counts } from '@/features/board/counts';
import { OrderDrawer } from '@/features/board/order-drawer';
import { OrderTable, OrderTableSkeleton } from '@/features/board/order-table';
import { Projections } from '@/features/board/projections';
import type { BoardSearch } from '@/features/board/search';
import { useBoard } from '@/features/board/use-board';
import { NewPill } from '@/shared/components/new-pill';
import { PageHead } from '@/shared/components/page-head';
import { Segments } from '@/shared/components/segments';
import { ShowMore } from '@/shared/components/show-more';
import { LiveDot, StaleBanner } from '@/shared/components/stale-banner';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { moreOf } from '@/shared/paging';
import { useSocketStatus } from '@/shared/socket/use-channel';

const route = getRouteApi('/admin');

const STATUSES = [
  { value: 'all', label: 'All' },
  { value: 'pending', label: 'Waiting for payment' },
  { value: 'confirmed', label: 'In progress' },
  { value: 'completed', label: 'Delivered' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'expired', label: 'Expired' },
] as const;

export function BoardScreen() {
  const { status, order } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: Partial<BoardSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false });
  const socket = useSocketStatus();
  return (
    <>
      <PageHead title="Live board">
        <LiveDot status={socket} />
      </PageHead>
      <StaleBanner status={socket} />
      <Counts />
      <Projections />
      <div className="my-4">
        <Segments
          label="Orders by status"
          options={STATUSES}
          value={status ?? 'all'}
          onChange={(next) => change({ status: next === 'all' ? undefined : next })}
        />
      </div>
      <Orders key={status ?? 'all'} status={status} openId={order} onOpen={(id) => change({ order: id })} />
      <OrderDrawer id={order} onClose={() => change({ order: undefined })} />
    </>
  );
}

interface OrdersProps {
  status: BoardSearch['status'];
  openId: string | undefined;
  onOpen: (id: string) => void;
}

function Orders({ status, openId, onOpen }: OrdersProps) {
  const { pages, rows, waitingCount, showWaiting } = useBoard(status);
  if (pages.isPending) return <OrderTableSkeleton />;
  if (pages.isError && pages.data === undefined) {
    return (
      <ErrorState error={pages.error} onRetry={() => void pages.refetch()} title="Couldn't load orders" />
    );
  }
  return (
    <div className="relative">
      <NewPill count={waitingCount} onShow={showWaiting} />
      {rows.length === 0 ? (
        <EmptyState icon="box" title={status === undefined ? 'No orders yet' : 'No orders with this status'}>
          New orders appear here automatically.
        </EmptyState>
      ) : (
        <OrderTable rows={rows} openId={openId} onOpen={onOpen} />
      )}
      <ShowMore {...moreOf(pages)} shown={rows.length} noun="order" />
    </div>
  );
}
