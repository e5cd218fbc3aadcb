import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { completeAction, pay } from '@/features/order/requests';
import type { Schema } from '@/shared/api/client';
import { useCommand } from '@/shared/command/use-command';
import { toasts } from '@/shared/components/toasts';
import { focusHeading } from '@/shared/focus';

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

/** Pays for an order. Each attempt has an idempotency key, so a retry can't charge twice. */
export function usePayment(order: Schema<'Order'>, guest: string | null) {
  const queryClient = useQueryClient();
  const [status, setStatus] = useState<Schema<'PaymentStatus'> | null>(null);
  const settle = async (answer: Schema<'PaymentAnswer'>) => {
    setStatus(answer.status);
    if (PAID.includes(answer.status)) {
      toasts.add({ title: 'Payment received', description: "We're packing it now" });
      // The payment panel is about to disappear.
      focusHeading();
    }
    await queryClient.invalidateQueries({ queryKey: ['order', order.id] });
  };
  const paying = useCommand({
    send: (method: Method, key) => pay({ order, method, key, guest }),
    onSuccess: settle,
  });
  const acting = useCommand({
    send: (outcome: 'passed' | 'failed', key) => completeAction(order.payment_id, outcome, key, guest),
    onSuccess: settle,
  });
  // The order is paid; this page shows it with the next change.
  const isDone = status !== null && PAID.includes(status);
  return {
    pay: (method: Method) => {
      if (isDone) return;
      setStatus(null);
      acting.reset();
      paying.run(method);
    },
    endAction: acting.run,
    isBusy: paying.isPending || acting.isPending || isDone,
    needsAction: status === 'requires_action',
    error: paying.error ?? acting.error,
    feedback: status === null ? null : (FEEDBACK[status] ?? null),
  };
}
