import { useState } from 'react';

import { PaymentAction } from '@/features/order/payment-action';
import { Costs } from '@/features/order/order-lines';
import { usePayment } from '@/features/order/use-payment';
import type { Schema } from '@/shared/api/client';
import { Button } from '@/shared/components/button';
import { type Choice, ChoiceGroup } from '@/shared/components/choice-group';
import { Countdown } from '@/shared/components/countdown';
import { FormProblem } from '@/shared/components/form-problem';
import { Icon } from '@/shared/components/icon';
import { Label } from '@/shared/components/sheet';
import { Notice } from '@/shared/components/states';
import { formatMoney } from '@/shared/format/money';

const METHODS: readonly Choice<Schema<'PaymentMethod'>>[] = [
  { value: 'sandbox_ok', title: 'Test card', detail: 'The bank approves the payment.' },
  {
    value: 'sandbox_action_required',
    title: 'Test card: 3-D Secure',
    detail: 'The bank asks you to confirm first.',
  },
  {
    value: 'sandbox_declined',
    title: 'Test card: declined',
    detail: 'The bank declines the payment.',
  },
];

/** Payment of a reserved order. */
export function PaymentPanel({ order, guest }: { order: Schema<'Order'>; guest: string | null }) {
  const [method, setMethod] = useState<Schema<'PaymentMethod'>>('sandbox_ok');
  const payment = usePayment(order, guest);
  return (
    <Label aria-labelledby="pay-heading">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-ink px-5 py-3">
        <h2 id="pay-heading" className="text-lg font-semibold">
          Pay {formatMoney(order.totals.total)}
        </h2>
        <Countdown until={order.reservation_expires_at} label="Reserved for" />
      </div>
      <div className="flex flex-col gap-4 p-5">
        <Costs totals={order.totals} />
        <ChoiceGroup label="Payment method" choices={METHODS} value={method} onChange={setMethod} />
        <FormProblem error={payment.error} />
        {payment.error === null && payment.feedback !== null && (
          <Notice tone={payment.feedback.tone}>{payment.feedback.text}</Notice>
        )}
        <Button size="large" busy={payment.isBusy} onClick={() => payment.pay(method)}>
          {!payment.isBusy && <Icon name="lock" />}
          Pay {formatMoney(order.totals.total)}
        </Button>
        <p className="text-sm text-ink-soft">Test mode: you don't need a card, and no money is charged.</p>
      </div>
      <PaymentAction isOpen={payment.needsAction} isBusy={payment.isBusy} onEnd={payment.endAction} />
    </Label>
  );
}
