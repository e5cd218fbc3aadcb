import { answer, api, type Schema } from '@/shared/api/client';
import { idempotencyKey } from '@/shared/api/command';
import { rememberPosition } from '@/shared/api/read-your-writes';
import { keepGuestToken } from '@/shared/api/guest-tokens';
import { ApiError } from '@/shared/api/problem';
import { attemptKey, emptyCart, forgetAttempt } from '@/shared/cart/cart';

/** Whether a retry of this order with the same key may succeed. */
function mayStillSucceed(error: unknown): boolean {
  return (
    !(error instanceof ApiError) || error.transient || error.status === 401 || error.slug.includes('flight')
  );
}

/**
 * Places the order once, even when it is sent twice or again after a reload: the idempotency key stays in the cart
 * until the response is known.
 */
export async function placeOrder(order: Schema<'PlaceOrder'>): Promise<Schema<'OrderPlaced'>> {
  const key = attemptKey(order);
  try {
    const placed = await answer(
      api.POST('/api/v1/orders', { params: { header: idempotencyKey(key) }, body: order }),
    );
    rememberPosition(placed.position);
    if (placed.guest_token != null) keepGuestToken(placed.id, placed.guest_token);
    forgetDraft();
    emptyCart();
    return placed;
  } catch (error) {
    if (!mayStillSucceed(error)) forgetAttempt();
    throw error;
  }
}

const DRAFT = 'waybill.checkout';

/** Form values typed so far. Kept per tab, so that they survive a reload. */
export function readDraft(): Record<string, string> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(DRAFT) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}

export function keepDraft(form: HTMLFormElement): void {
  const entries = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  sessionStorage.setItem(DRAFT, JSON.stringify(Object.fromEntries(entries)));
}

function forgetDraft(): void {
  sessionStorage.removeItem(DRAFT);
}
