import { expect, it } from 'vitest';

import { filterProducts } from '@/features/seller/filter';
import type { Schema } from '@/shared/api/client';

function product(sku: string, values: Partial<Schema<'Product'>> = {}): Schema<'Product'> {
  return {
    sku,
    name: `Product ${sku}`,
    description: '',
    category: 'lighting',
    price: { minor: 250, currency: 'GBP' },
    seller_id: 's',
    status: 'listed',
    available: 3,
    position: 1,
    ...values,
  };
}

const PRODUCTS = [
  product('10', { status: 'withdrawn', name: 'RED CAKE STAND' }),
  product('20', { name: 'Red lamp' }),
  product('30', { available: 0, category: 'kitchen' }),
];

const skus = (search: Parameters<typeof filterProducts>[1]) =>
  filterProducts(PRODUCTS, search).map(({ sku }) => sku);

it('lists listed products first', () => {
  expect(skus({})).toEqual(['20', '30', '10']);
});

it('finds products by words of name, SKU and category', () => {
  expect(skus({ q: ' red ' })).toEqual(['20', '10']);
  expect(skus({ q: 'stand cake' })).toEqual(['10']);
  expect(skus({ q: 'KITCHEN 30' })).toEqual(['30']);
  expect(skus({ q: 'blue' })).toEqual([]);
});

it('filters by state; an unlisted product is not sold out', () => {
  expect(skus({ status: 'listed' })).toEqual(['20', '30']);
  expect(skus({ status: 'unlisted' })).toEqual(['10']);
  expect(skus({ status: 'sold-out' })).toEqual(['30']);
});
