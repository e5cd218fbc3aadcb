import { beforeEach, expect, it, vi } from 'vitest';

import type { Schema } from '@/shared/api/client';
import {
  addToCart,
  attemptKey,
  cartStore,
  changeLine,
  emptyCart,
  removeLine,
  unitsIn,
} from '@/shared/cart/cart';

function product(sku: string, available = 5): Schema<'Product'> {
  return {
    sku,
    name: sku,
    description: '',
    category: 'kitchen',
    price: { minor: 100, currency: 'GBP' },
    seller_id: 's',
    status: 'listed',
    available,
    position: 1,
  };
}

const order = (quantity: number): Schema<'PlaceOrder'> => ({
  lines: [{ sku: 'A', quantity }],
  shipping_address: { name: 'Ada', line1: '1', city: 'London', postal_code: 'N1', country: 'United Kingdom' },
});

beforeEach(() => emptyCart());

it('limits quantities to the available stock', () => {
  expect(addToCart(product('A'), 3)).toBe(3);
  expect(addToCart(product('A'), 3)).toBe(2);
  expect(addToCart(product('A'), 1)).toBe(0);
  expect(addToCart(product('B', 5_000), 5_000)).toBe(999);
  expect(unitsIn(cartStore.get())).toBe(1_004);
});

it('changes and removes lines', () => {
  addToCart(product('A'), 3);
  changeLine('A', { quantity: 1 });
  expect(cartStore.get().lines[0]?.quantity).toBe(1);
  removeLine('A');
  expect(cartStore.get().lines).toEqual([]);
});

it('reuses the key for the same order and creates one for a different order', () => {
  const key = attemptKey(order(1));
  expect(attemptKey(order(1))).toBe(key);
  const other = attemptKey(order(2));
  expect(other).not.toBe(key);
});

it('keeps the key across a reload', async () => {
  const key = attemptKey(order(1));
  vi.resetModules();
  const reloaded = await import('@/shared/cart/cart');
  expect(reloaded.attemptKey(order(1))).toBe(key);
});

it('creates a new key after the order is placed', () => {
  const key = attemptKey(order(1));
  emptyCart();
  expect(attemptKey(order(1))).not.toBe(key);
});
