import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import type { BoardSearch } from '@/features/board/search';
import { answer, api, type Schema } from '@/shared/api/client';
import { carryOut, idempotencyKey } from '@/shared/api/command';
import { minPosition } from '@/shared/api/read-your-writes';
import { keepNewer, newerPages } from '@/shared/keep-newer';

const PAGE_SIZE = 50;

export function orderPages(status: BoardSearch['status']) {
  return infiniteQueryOptions({
    queryKey: ['board', status ?? 'all'],
    structuralSharing: keepNewer(newerPages),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/orders', {
          params: { query: { status, limit: PAGE_SIZE, cursor: pageParam, ...minPosition() } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function boardOrder(id: string) {
  return queryOptions({
    queryKey: ['order', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/orders/{id}', { params: { path: { id }, query: minPosition() }, signal })),
  });
}

export const couriers = queryOptions({
  queryKey: ['couriers'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const { items } = await answer(api.GET('/api/v1/admin/couriers', { signal }));
    return items;
  },
});

export const dashboard = queryOptions({
  queryKey: ['dashboard'],
  queryFn: ({ signal }) =>
    answer(api.GET('/api/v1/admin/dashboard', { params: { query: minPosition() }, signal })),
});

export function assign(deliveryId: string, courierId: string, key: string) {
  const params = { path: { id: deliveryId }, header: idempotencyKey(key) };
  return carryOut(
    api.POST('/api/v1/deliveries/{id}/assignment', { params, body: { courier_id: courierId } }),
  );
}

export function transfer(deliveryId: string, body: Schema<'TransferDelivery'>, key: string) {
  const params = { path: { id: deliveryId }, header: idempotencyKey(key) };
  return carryOut(api.POST('/api/v1/deliveries/{id}/transfer', { params, body }));
}

export function reopen(deliveryId: string, reason: string, key: string) {
  const params = { path: { id: deliveryId }, header: idempotencyKey(key) };
  return carryOut(api.POST('/api/v1/deliveries/{id}/reopening', { params, body: { reason } }));
}

export function refundAgain(orderId: string, key: string) {
  const params = { path: { id: orderId }, header: idempotencyKey(key) };
  return carryOut(api.POST('/api/v1/orders/{id}/refund', { params, body: {} }));
}

export function cancel(orderId: string, body: Schema<'CancelOrder'>, key: string) {
  const params = { path: { id: orderId }, header: idempotencyKey(key) };
  return carryOut(api.POST('/api/v1/orders/{id}/cancellation', { params, body }));
}
