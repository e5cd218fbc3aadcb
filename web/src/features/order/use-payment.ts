import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import { completeAction, pay } from '@/features/order/requests';
import { newIdempotencyKey, type Schema } from '@/shared/api/client';
import { ApiError, asProblem } from '@/shared/api/problem';
import { toasts } from '@/shared/components/toasts';

type Method = Schema<'PaymentMethod'>;

interface Feedback {
  tone: 'bad' | 'wait';
  text: string;
}

const FEEDBACK: Partial<Record<Schema<'PaymentStatus'>, Feedback>> = {
  requires_payment_method: {
    tone: 'bad',
    text: "Payment declined. You haven't been charged. Try another payment method.",
  },
  processing: { tone: 'wait', text: 'Waiting for your bank. This page updates automatically.' },
};

const PAID: readonly Schema<'PaymentStatus'>[] = ['requires_capture', 'succeeded'];

/** Pays for an order, one attempt at a time. Each attempt has an idempotency key, so a retry can't charge twice. */
export function usePayment(order: Schema<'Order'>, guest: string | null) {
  const queryClient = useQueryClient();
  const attempt = useRef<{ method: Method; key: string } | null>(null);
  const [status, setStatus] = useState<Schema<'PaymentStatus'> | null>(null);
  // Set before the next render, so that the second click of a double click finds it.
  const isRunning = useRef(false);
  const end = () => {
    isRunning.current = false;
  };
  const settle = async (answer: Schema<'PaymentAnswer'>) => {
    attempt.current = null;
    setStatus(answer.status);
    if (PAID.includes(answer.status))
      toasts.add({ title: 'Payment received', description: "We're packing it now" });
    await queryClient.invalidateQueries({ queryKey: ['order', order.id] });
  };
  const paying = useMutation({
    mutationFn: (method: Method) => {
      if (attempt.current?.method !== method) attempt.current = { method, key: newIdempotencyKey() };
      return pay({ order, method, key: attempt.current.key, guest });
    },
    onSuccess: settle,
    onSettled: end,
    onError: (error) => {
      // A permanent rejection ends the attempt; the next try uses a new key.
      if (error instanceof ApiError && !error.transient) attempt.current = null;
    },
  });
  const acting = useMutation({
    mutationFn: (outcome: 'passed' | 'failed') =>
      completeAction(order.payment_id, outcome, newIdempotencyKey(), guest),
    onSuccess: settle,
    onSettled: end,
  });
  // The order is paid; this page shows it with the next change.
  const isDone = status !== null && PAID.includes(status);
  const begin = (): boolean => {
    if (isRunning.current || isDone) return false;
    isRunning.current = true;
    return true;
  };
  const error = paying.error ?? acting.error;
  const problem: Feedback | null = error === null ? null : { tone: 'bad', text: asProblem(error).detail };
  return {
    pay: (method: Method) => {
      if (!begin()) return;
      setStatus(null);
      acting.reset();
      paying.mutate(method);
    },
    endAction: (outcome: 'passed' | 'failed') => {
      if (begin()) acting.mutate(outcome);
    },
    isBusy: paying.isPending || acting.isPending || isDone,
    needsAction: status === 'requires_action',
    feedback: problem ?? (status === null ? null : (FEEDBACK[status] ?? null)),
  };
}
