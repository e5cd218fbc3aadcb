import { type QueryClient, queryOptions } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';
import { carryOut, idempotencyKey } from '@/shared/api/command';
import { ApiError } from '@/shared/api/problem';
import { minPosition } from '@/shared/api/read-your-writes';
import { FieldError } from '@/shared/form';
import { productQuery } from '@/shared/order/product-query';
import { reload } from '@/shared/reload';

const PAGE_SIZE = 100;
/** Maximum number of products in the list. */
export const PRODUCTS_MAX = 5_000;

/** All own products, because the API can't search or filter them. */
export const myProducts = queryOptions({
  queryKey: ['my-products'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const products: Schema<'Product'>[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: PAGE_SIZE, cursor, ...minPosition() };
      const page = await answer(api.GET('/api/v1/products/my-products', { params: { query }, signal }));
      products.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined && products.length < PRODUCTS_MAX);
    return { products, isComplete: cursor === undefined };
  },
});

/** Loads one product again and puts it into the list, which takes many requests. */
export async function refreshProduct(queryClient: QueryClient, sku: string): Promise<void> {
  try {
    const product = await queryClient.query({ ...productQuery(sku), staleTime: 0 });
    queryClient.setQueryData(myProducts.queryKey, (list) => {
      if (list === undefined) return undefined;
      const isKnown = list.products.some((each) => each.sku === product.sku);
      const products = isKnown
        ? list.products.map((each) => (each.sku === product.sku ? product : each))
        : [product, ...list.products];
      return { ...list, products };
    });
  } catch {
    await reload(queryClient, myProducts);
  }
}

export function stockQuery(sku: string) {
  return queryOptions({
    queryKey: ['stock', sku],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/stock/{sku}', { params: { path: { sku }, query: minPosition() }, signal })),
  });
}

/** The stock of a SKU over time, in as many points as a chart shows; null before its first receipt. */
export function levelsQuery(sku: string) {
  return queryOptions({
    queryKey: ['stock-levels', sku],
    queryFn: async ({ signal }) => {
      const params = { path: { sku }, query: minPosition() };
      try {
        return await answer(api.GET('/api/v1/stock/{sku}/levels', { params, signal }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });
}

export function listProduct(product: Schema<'ListProduct'>, key: string) {
  return carryOut(api.POST('/api/v1/products', { params: { header: idempotencyKey(key) }, body: product }));
}

export function changePrice(sku: string, price: Schema<'Money'>, key: string) {
  // `*`: the new price applies even if other fields have changed since the page was loaded.
  const params = { path: { sku }, header: { ...idempotencyKey(key), 'If-Match': '*' } };
  return carryOut(api.PATCH('/api/v1/products/{sku}', { params, body: { price } }));
}

export function receiveStock(sku: string, receipt: Schema<'ReceiveStock'>, key: string) {
  const params = { path: { sku }, header: idempotencyKey(key) };
  return carryOut(api.POST('/api/v1/stock/{sku}/receipts', { params, body: receipt }));
}

export async function adjustStock(sku: string, adjustment: Schema<'AdjustStock'>, key: string) {
  const params = { path: { sku }, header: idempotencyKey(key) };
  try {
    return await carryOut(api.POST('/api/v1/stock/{sku}/adjustments', { params, body: adjustment }));
  } catch (error) {
    const short = error instanceof ApiError ? error.problem.lines?.[0] : undefined;
    if (short === undefined) throw error;
    const [available, removed] = [short.available, -adjustment.delta].map((count) =>
      count.toLocaleString('en-GB'),
    );
    throw new FieldError('delta', `Only ${available} available; you can't remove ${removed}`);
  }
}

export function relistProduct(sku: string, key: string) {
  const params = { path: { sku }, header: idempotencyKey(key) };
  return carryOut(api.POST('/api/v1/products/{sku}/relisting', { params, body: {} }));
}

export function withdrawProduct(sku: string, reason: string, key: string) {
  const params = { path: { sku }, header: idempotencyKey(key) };
  return carryOut(api.DELETE('/api/v1/products/{sku}', { params, body: reason === '' ? {} : { reason } }));
}
