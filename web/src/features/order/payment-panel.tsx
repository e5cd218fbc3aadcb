import { useState } from 'react';

import { PaymentAction } from '@/features/order/payment-action';
import { Costs } from '@/features/order/order-lines';
import { usePayment } from '@/features/order/use-payment';
import type { Schema } from '@/shared/api/client';
import { Button } from '@/shared/components/button';
import { type Choice, ChoiceGroup } from '@/shared/components/choice-group';
import { Countdown } from '@/shared/components/countdown';
import { Icon } from '@/shared/components/icon';
import { Label } from '@/shared/components/sheet';
import { Notice } from '@/shared/components/states';
import { formatMoney } from '@/shared/format/money';

const METHODS: readonly Choice<Schema<'PaymentMethod'>>[] = [
  { value: 'sandbox_ok', title: 'Sandbox card', detail: 'The bank says yes.' },
  {
    value: 'sandbox_action_required',
    title: 'Sandbox card with a question',
    detail: 'The bank asks you to approve it first.',
  },
  {
    value: 'sandbox_declined',
    title: 'Sandbox card without money',
    detail: 'The bank says no; you can try another.',
  },
];

/** The goods are set aside; this is where they are paid for. */
export function PaymentPanel({ order, guest }: { order: Schema<'Order'>; guest: string | null }) {
  const [method, setMethod] = useState<Schema<'PaymentMethod'>>('sandbox_ok');
  const payment = usePayment(order, guest);
  return (
    <Label aria-labelledby="pay-heading">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-ink px-5 py-3">
        <h2 id="pay-heading" className="text-lg font-semibold">
          Pay {formatMoney(order.totals.total)}
        </h2>
        {order.reservation_expires_at != null && (
          <Countdown until={order.reservation_expires_at} label="Set aside for" />
        )}
      </div>
      <div className="flex flex-col gap-4 p-5">
        <Costs totals={order.totals} />
        <ChoiceGroup label="How to pay" choices={METHODS} value={method} onChange={setMethod} />
        {payment.remark !== null && <Notice tone={payment.remark.tone}>{payment.remark.text}</Notice>}
        <Button size="large" busy={payment.isBusy} onClick={() => payment.pay(method)}>
          {!payment.isBusy && <Icon name="lock" />}
          Pay {formatMoney(order.totals.total)}
        </Button>
        <p className="text-sm text-ink-soft">This is a sandbox: no card is asked for and no money moves.</p>
      </div>
      <PaymentAction isOpen={payment.needsAction} isBusy={payment.isBusy} onEnd={payment.endAction} />
    </Label>
  );
}
