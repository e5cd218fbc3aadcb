import { useState } from 'react';

import { FailedAttempt } from '@/features/courier/failed-attempt';
import { type CourierDelivery, courierStage, isStart } from '@/features/courier/next-action';
import { record } from '@/features/courier/outbox';
import type { Outbox, OutboxEntry } from '@/features/courier/outbox-store';
import { StepButtons } from '@/features/courier/step-buttons';
import type { Schema } from '@/shared/api/client';
import { Badge } from '@/shared/components/badge';
import { buttonClass } from '@/shared/components/button-class';
import { Glow } from '@/shared/components/glow';
import { Icon } from '@/shared/components/icon';
import { OrderNumber } from '@/shared/components/order-number';
import { Label } from '@/shared/components/sheet';
import { counted } from '@/shared/format/words';

interface CurrentDeliveryProps {
  delivery: CourierDelivery;
  courierId: string;
  outbox: Outbox;
  now: number;
  /** Called with each step, so that the delivery stays selected. */
  onStep: () => void;
}

/** Selected delivery: address, contact and next action. */
export function CurrentDelivery({ delivery, courierId, outbox, now, onStep }: CurrentDeliveryProps) {
  const [isFailing, setIsFailing] = useState(false);
  const { id, status, contact } = delivery;
  const stage = courierStage(status);
  const unsent = outbox.entries.filter((entry) => entry.deliveryId === id);
  const isSending = unsent.some((entry) => outbox.sending.includes(entry.key));
  const isWaiting = unsent.length > 0 && delivery.held === null && !isSending;
  const act = (action: OutboxEntry['status'], reason?: string) => {
    if (!isStart(status)) return;
    onStep();
    const orderNumber = delivery.order_number;
    record({ accountId: courierId, deliveryId: id, orderNumber, status: action, from: status, reason });
  };
  return (
    <Label aria-label={`Delivery ${delivery.order_number}`}>
      <Glow when={delivery.position}>
        <div className="flex flex-wrap items-center justify-between gap-2 border-b border-ink px-5 py-3">
          <OrderNumber number={delivery.order_number} />
          <span aria-live="polite" className="flex items-center gap-2">
            {isWaiting && <Badge icon="clock">Waiting to send</Badge>}
            <Badge tone={stage.tone} icon={stage.icon}>
              {stage.label}
            </Badge>
          </span>
        </div>
        <div className="px-5 py-4">
          <Destination delivery={delivery} />
          {delivery.reason !== null && (
            <p className="mt-3 font-medium wrap-anywhere text-red">Couldn't deliver: {delivery.reason}</p>
          )}
          <p className="mt-3 text-ink-soft">{counted(delivery.line_count, 'item')} in the parcel</p>
        </div>
      </Glow>
      {contact != null && <CallButton contact={contact} />}
      <div className="flex flex-col gap-3 border-t-2 perforation p-4">
        <StepButtons
          delivery={delivery}
          isSending={isSending}
          now={now}
          onStep={act}
          onFail={() => setIsFailing(true)}
        />
      </div>
      <FailedAttempt
        isOpen={isFailing}
        onClose={() => setIsFailing(false)}
        onConfirm={(reason) => {
          setIsFailing(false);
          act('attempt_failed', reason);
        }}
      />
    </Label>
  );
}

function Destination({ delivery: { contact, country } }: { delivery: Schema<'Delivery'> }) {
  if (contact == null) return <p className="text-xl font-bold">{country}</p>;
  return (
    <address className="text-lg not-italic">
      <span className="mb-1 block text-xl font-bold">{contact.name}</span>
      <span className="block">{contact.line1}</span>
      {contact.line2 != null && contact.line2 !== '' && <span className="block">{contact.line2}</span>}
      <span className="block figures">
        {contact.postal_code} {contact.city}
      </span>
      <span className="block">{contact.country}</span>
    </address>
  );
}

function CallButton({ contact }: { contact: Schema<'Contact'> }) {
  if (contact.phone == null || contact.phone === '') return null;
  return (
    <div className="px-4 pb-4">
      <a href={`tel:${contact.phone}`} className={buttonClass('secondary', 'large', 'w-full')}>
        <Icon name="phone" />
        Call {contact.phone}
      </a>
    </div>
  );
}
