import * as v from 'valibot';

import type { Schema } from '@/shared/api/client';
import { newIdempotencyKey } from '@/shared/api/client';
import { hash } from '@/shared/picture/words';
import { createStore } from '@/shared/store';

/** Maximum number of different products in a cart. */
const CART_LINES_MAX = 100;
/** Maximum quantity of one product. */
const LINE_QUANTITY_MAX = 999;

const lineSchema = v.object({
  sku: v.string(),
  name: v.string(),
  category: v.string(),
  /** Price when the product was added. The order uses the price at the time it is placed. */
  price: v.object({ minor: v.number(), currency: v.picklist(['GBP', 'EUR', 'USD']) }),
  quantity: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const cartSchema = v.object({
  lines: v.array(lineSchema),
  /** Unconfirmed order attempt: the same content is sent with the same key, even after a reload. */
  attempt: v.nullable(v.object({ key: v.string(), content: v.number() })),
});

export type CartLine = v.InferOutput<typeof lineSchema>;
export type Cart = v.InferOutput<typeof cartSchema>;

const KEY = 'waybill.cart';
const EMPTY: Cart = { lines: [], attempt: null };

function restore(): Cart {
  try {
    const parsed = v.safeParse(cartSchema, JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return parsed.success ? parsed.output : EMPTY;
  } catch {
    return EMPTY;
  }
}

export const cartStore = createStore<Cart>(restore());

cartStore.subscribe(() => localStorage.setItem(KEY, JSON.stringify(cartStore.get())));
if (typeof window !== 'undefined') {
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) cartStore.set(restore());
  });
}

export function unitsIn(cart: Cart): number {
  return cart.lines.reduce((total, line) => total + line.quantity, 0);
}

/** Maximum quantity that can be ordered. */
export function quantityLimit(available: number): number {
  return Math.min(available, LINE_QUANTITY_MAX);
}

/** Adds up to `quantity` units, limited by stock. Returns the number added. */
export function addToCart(product: Schema<'Product'>, quantity: number): number {
  const { lines, attempt } = cartStore.get();
  const present = lines.find((line) => line.sku === product.sku)?.quantity ?? 0;
  const wanted = Math.min(present + quantity, quantityLimit(product.available));
  if (wanted <= present || (present === 0 && lines.length >= CART_LINES_MAX)) return 0;
  const { sku, name, category, price } = product;
  const line = { sku, name, category, price, quantity: wanted };
  const next = present === 0 ? [...lines, line] : lines.map((each) => (each.sku === sku ? line : each));
  cartStore.set({ lines: next, attempt });
  return wanted - present;
}

/** Changes a line if it exists. */
export function changeLine(sku: string, change: Partial<Pick<CartLine, 'quantity' | 'price'>>): void {
  const { lines, attempt } = cartStore.get();
  cartStore.set({ lines: lines.map((line) => (line.sku === sku ? { ...line, ...change } : line)), attempt });
}

export function removeLine(sku: string): void {
  const { lines, attempt } = cartStore.get();
  cartStore.set({ lines: lines.filter((line) => line.sku !== sku), attempt });
}

export function emptyCart(): void {
  cartStore.set(EMPTY);
}

/** Idempotency key for this order: reused while the content equals that of the last attempt. */
export function attemptKey(order: Schema<'PlaceOrder'>): string {
  const { lines, attempt } = cartStore.get();
  const content = hash(JSON.stringify(order));
  if (attempt?.content === content) return attempt.key;
  const key = newIdempotencyKey();
  cartStore.set({ lines, attempt: { key, content } });
  return key;
}

/** Forgets a rejected attempt, so that the next one gets a new key. */
export function forgetAttempt(): void {
  cartStore.set({ ...cartStore.get(), attempt: null });
}
