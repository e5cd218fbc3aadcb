import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import { completeAction, pay } from '@/features/order/requests';
import { newIdempotencyKey, type Schema } from '@/shared/api/client';
import { ApiError, asProblem } from '@/shared/api/problem';
import { toasts } from '@/shared/components/toasts';

type Method = Schema<'PaymentMethod'>;

interface Remark {
  tone: 'bad' | 'wait';
  text: string;
}

const REMARKS: Partial<Record<Schema<'PaymentStatus'>, Remark>> = {
  requires_payment_method: {
    tone: 'bad',
    text: 'The payment was declined. Nothing was charged; try another way to pay.',
  },
  processing: { tone: 'wait', text: 'The bank is being asked. This page goes on by itself.' },
};

const PAID: readonly Schema<'PaymentStatus'>[] = ['requires_capture', 'succeeded'];

/** Paying for an order: one attempt at a time, each with its own name so that a lost answer costs nothing. */
export function usePayment(order: Schema<'Order'>, guest: string | null) {
  const queryClient = useQueryClient();
  const attempt = useRef<{ method: Method; key: string } | null>(null);
  const [status, setStatus] = useState<Schema<'PaymentStatus'> | null>(null);
  const settle = async (answer: Schema<'PaymentAnswer'>) => {
    attempt.current = null;
    setStatus(answer.status);
    if (PAID.includes(answer.status))
      toasts.add({ title: 'Paid. Thank you!', description: 'We pack it now.' });
    await queryClient.invalidateQueries({ queryKey: ['order', order.id] });
  };
  const paying = useMutation({
    mutationFn: (method: Method) => {
      if (attempt.current?.method !== method) attempt.current = { method, key: newIdempotencyKey() };
      return pay({ order, method, key: attempt.current.key, guest });
    },
    onSuccess: settle,
    onError: (error) => {
      // Refused for good: the next try is another attempt.
      if (error instanceof ApiError && !error.transient) attempt.current = null;
    },
  });
  const acting = useMutation({
    mutationFn: (outcome: 'passed' | 'failed') =>
      completeAction(order.payment_id, outcome, newIdempotencyKey(), guest),
    onSuccess: settle,
  });
  const error = paying.error ?? acting.error;
  const problem: Remark | null = error === null ? null : { tone: 'bad', text: asProblem(error).detail };
  return {
    pay: (method: Method) => {
      setStatus(null);
      acting.reset();
      paying.mutate(method);
    },
    endAction: (outcome: 'passed' | 'failed') => acting.mutate(outcome),
    isBusy: paying.isPending || acting.isPending,
    needsAction: status === 'requires_action',
    remark: problem ?? (status === null ? null : (REMARKS[status] ?? null)),
  };
}
