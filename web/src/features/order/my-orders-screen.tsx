import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { myOrderPages } from '@/features/order/my-orders-requests';
import type { Schema } from '@/shared/api/client';
import { rememberPosition } from '@/shared/api/read-your-writes';
import { sessionStore } from '@/shared/api/session';
import { Badge } from '@/shared/components/badge';
import { buttonClass } from '@/shared/components/button-class';
import { Glow } from '@/shared/components/glow';
import { OrderNumber } from '@/shared/components/order-number';
import { PageHead } from '@/shared/components/page-head';
import { Price } from '@/shared/components/price';
import { ShowMore } from '@/shared/components/show-more';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { LiveDot, StaleBanner } from '@/shared/components/stale-banner';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { formatTime } from '@/shared/format/time';
import { counted } from '@/shared/format/words';
import { patched, readChange } from '@/shared/order/changes';
import { orderStage } from '@/shared/order/status';
import { itemsOf, latestPosition, mapItems, moreOf } from '@/shared/paging';
import { useChannel, useSocketStatus } from '@/shared/socket/use-channel';
import { useStore } from '@/shared/store';
import { reload } from '@/shared/reload';

/** Live list of the customer's orders. */
function useMyOrders() {
  const queryClient = useQueryClient();
  const accountId = useStore(sessionStore)?.account.id;
  const pages = useInfiniteQuery(myOrderPages);
  const orders = itemsOf(pages.data);
  useChannel({
    channel: pages.data === undefined || accountId === undefined ? null : `account:${accountId}`,
    since: latestPosition(orders),
    onChange: (change) => {
      const row = readChange('order.changed', change);
      const isKnown = row !== null && orders.some((order) => order.id === row.id);
      if (!isKnown) return void reload(queryClient, myOrderPages);
      queryClient.setQueryData(
        myOrderPages.queryKey,
        (old) => old && mapItems(old, (order) => (order.id === row.id ? patched(order, row) : order)),
      );
    },
    onResync: (position) => {
      rememberPosition(position);
      void reload(queryClient, myOrderPages);
    },
  });
  return { pages, orders };
}

export function MyOrdersScreen() {
  const { pages, orders } = useMyOrders();
  const status = useSocketStatus();
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead title="My orders">
        <LiveDot status={status} />
      </PageHead>
      <StaleBanner status={status} />
      {pages.isPending && (
        <div className="flex flex-col gap-3">
          <Loading label="Loading your orders" />
          {Array.from({ length: 4 }, (_, index) => (
            <Skeleton key={index} className="h-24 rounded-lg" />
          ))}
        </div>
      )}
      {pages.isError && pages.data === undefined && (
        <ErrorState
          error={pages.error}
          onRetry={() => void pages.refetch()}
          title="Couldn't load your orders"
        />
      )}
      {pages.isSuccess && orders.length === 0 && (
        <EmptyState
          icon="box"
          title="No orders yet"
          action={
            <Link to="/" className={buttonClass()}>
              Go to shop
            </Link>
          }
        >
          Your orders appear here and update live.
        </EmptyState>
      )}
      <ul className="flex flex-col gap-3">
        {orders.map((order) => (
          <OrderItem key={order.id} order={order} />
        ))}
      </ul>
      <ShowMore {...moreOf(pages)} shown={orders.length} noun="order" />
    </div>
  );
}

function OrderItem({ order }: { order: Schema<'OrderRow'> }) {
  const stage = orderStage(order);
  return (
    <li className="relative overflow-hidden rounded-lg border border-line bg-sheet focus-within:border-ink hover:border-ink">
      <Glow when={order.position} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 p-4">
        <span className="flex flex-col gap-1">
          <Link to="/orders/$id" params={{ id: order.id }} className="after:absolute after:inset-0">
            <OrderNumber number={order.number} />
          </Link>
          <span className="text-sm text-ink-soft figures">
            {formatTime(order.placed_at)}, {counted(order.line_count, 'item')}
          </span>
        </span>
        <span className="flex items-center gap-4">
          <Badge tone={stage.tone} icon={stage.icon}>
            {stage.label}
          </Badge>
          <Price money={order.total} className="font-semibold" />
        </span>
      </Glow>
    </li>
  );
}
