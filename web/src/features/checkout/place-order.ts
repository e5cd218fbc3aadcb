import { answer, api, type Schema } from '@/shared/api/client';
import { idempotencyKey } from '@/shared/api/command';
import { rememberPosition } from '@/shared/api/read-your-writes';
import { keepGuestToken } from '@/shared/api/guest-tokens';
import { ApiError } from '@/shared/api/problem';
import { attemptKey, emptyCart, forgetAttempt } from '@/shared/cart/cart';

/** Refusals after which the same order may still go through under the same key. */
function mayStillSucceed(error: unknown): boolean {
  return (
    !(error instanceof ApiError) || error.transient || error.status === 401 || error.slug.includes('flight')
  );
}

/**
 * Places the order. Sent twice, or again after a reload, it is one order: the key stays with the cart until the
 * answer is known.
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

/** What was typed so far, kept for this tab so that a reload loses nothing. */
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
