import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';
import { carryOut, idempotencyKey } from '@/shared/api/command';
import { minPosition } from '@/shared/api/read-your-writes';

const PAGE_SIZE = 50;

export const myProductPages = infiniteQueryOptions({
  queryKey: ['my-products'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/products/my-products', {
        params: { query: { limit: PAGE_SIZE, cursor: pageParam, ...minPosition() } },
        signal,
      }),
    ),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export function stockQuery(sku: string) {
  return queryOptions({
    queryKey: ['stock', sku],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/stock/{sku}', { params: { path: { sku }, query: minPosition() }, signal })),
  });
}

export function listProduct(product: Schema<'ListProduct'>) {
  return carryOut(api.POST('/api/v1/products', { params: { header: idempotencyKey() }, body: product }));
}

export function changePrice(sku: string, price: Schema<'Money'>) {
  // `*`: the new price applies even if other fields have changed since the page was loaded.
  const params = { path: { sku }, header: { ...idempotencyKey(), 'If-Match': '*' } };
  return carryOut(api.PATCH('/api/v1/products/{sku}', { params, body: { price } }));
}

export function receiveStock(sku: string, quantity: number, reference: string) {
  const params = { path: { sku }, header: idempotencyKey() };
  return carryOut(api.POST('/api/v1/stock/{sku}/receipts', { params, body: { quantity, reference } }));
}

export function adjustStock(sku: string, delta: number, reason: string) {
  const params = { path: { sku }, header: idempotencyKey() };
  return carryOut(api.POST('/api/v1/stock/{sku}/adjustments', { params, body: { delta, reason } }));
}

export function withdrawProduct(sku: string) {
  const params = { path: { sku }, header: idempotencyKey() };
  return carryOut(api.DELETE('/api/v1/products/{sku}', { params, body: {} }));
}
