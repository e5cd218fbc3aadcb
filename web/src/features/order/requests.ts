import { queryOptions } from '@tanstack/react-query';

import { withChange } from '@/features/order/with-change';
import { answer, api, bearer, type Schema } from '@/shared/api/client';
import { carryOut, idempotencyKey } from '@/shared/api/command';
import { forgetGuestToken } from '@/shared/api/guest-tokens';
import { minPosition } from '@/shared/api/read-your-writes';
import { ApiError } from '@/shared/api/problem';
import { keepNewer } from '@/shared/keep-newer';

/** Loads one order; `guest` is the token of the guest who placed it. */
export function orderQuery(id: string, guest: string | null) {
  return queryOptions({
    queryKey: ['order', id],
    structuralSharing: keepNewer((known: Schema<'Order'>, loaded: Schema<'Order'>) =>
      withChange(loaded, known),
    ),
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: minPosition() };
      const load = (token: string | null) =>
        answer(api.GET('/api/v1/orders/{id}', { params, headers: bearer(token), signal }));
      try {
        return await load(guest);
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 401 && guest !== null)) throw error;
        // The token has expired, or was cut off in its link. The session may let the reader see the order.
        forgetGuestToken(id);
        return load(null);
      }
    },
  });
}

interface PaymentAttempt {
  order: Pick<Schema<'Order'>, 'id' | 'payment_id'>;
  method: Schema<'PaymentMethod'>;
  /** Idempotency key of this attempt. */
  key: string;
  guest: string | null;
}

/** Creates the payment intent if needed and confirms the payment with the provider. */
export async function pay({ order, method, key, guest }: PaymentAttempt): Promise<Schema<'PaymentAnswer'>> {
  const headers = bearer(guest);
  try {
    const header = idempotencyKey(`intent-${order.id}`);
    await carryOut(
      api.POST('/api/v1/payments/intent', { params: { header }, headers, body: { order_id: order.id } }),
    );
  } catch (error) {
    // An intent exists already; confirming it reports whether it can still be paid.
    if (!(error instanceof ApiError && error.status === 409)) throw error;
  }
  const body = { payment_id: order.payment_id, method };
  return carryOut(
    api.POST('/api/v1/payments/confirm', { params: { header: idempotencyKey(key) }, headers, body }),
  );
}

/** Reports the outcome of the provider's challenge. */
export function completeAction(
  paymentId: string,
  outcome: 'passed' | 'failed',
  key: string,
  guest: string | null,
) {
  const params = { path: { id: paymentId }, header: idempotencyKey(key) };
  return carryOut(
    api.POST('/api/v1/payments/{id}/action', { params, headers: bearer(guest), body: { outcome } }),
  );
}

export function cancelOrder(id: string, reason: string, key: string, guest: string | null) {
  const body = reason === '' ? {} : { reason };
  const params = { path: { id }, header: idempotencyKey(key) };
  return carryOut(api.POST('/api/v1/orders/{id}/cancellation', { params, headers: bearer(guest), body }));
}
