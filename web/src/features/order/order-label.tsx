import { CancelButton } from '@/features/order/cancel-button';
import type { Schema } from '@/shared/api/client';
import { Glow } from '@/shared/components/glow';
import { OrderNumber } from '@/shared/components/order-number';
import { Price } from '@/shared/components/price';
import { Cell, Label } from '@/shared/components/sheet';
import { formatTime } from '@/shared/format/time';
import { isCancellable, customerPaymentLabel } from '@/shared/order/status';

interface OrderLabelProps {
  order: Schema<'Order'>;
  guest: string | null;
  /** Whether it shows the order as it was, which cannot be changed. */
  isPast?: boolean;
}

/** Order details in the form of a shipping label. A value that changes glows. */
export function OrderLabel({ order, guest, isPast = false }: OrderLabelProps) {
  const units = order.lines.reduce((total, line) => total + line.quantity, 0);
  return (
    <Label aria-label="Order">
      <div className="grid sm:grid-cols-[1fr_auto]">
        <Cell caption="To" className="border-b border-ink sm:border-r sm:border-b-0">
          <Address contact={order.contact} country={order.country} />
        </Cell>
        <Cell caption="Order">
          <OrderNumber number={order.number} size="label" className="mt-1 w-full" />
        </Cell>
      </div>
      <div className="grid grid-cols-2 border-t border-ink sm:grid-cols-4">
        <Cell caption="Placed" className="border-r border-b border-line sm:border-b-0">
          <time dateTime={order.placed_at} className="font-medium figures">
            {formatTime(order.placed_at)}
          </time>
        </Cell>
        <Cell caption="Items" className="border-b border-line sm:border-r sm:border-b-0">
          <span className="font-medium figures">{units}</span>
        </Cell>
        <Cell caption="Payment" className="border-r border-line">
          <Glow when={customerPaymentLabel(order)} className="rounded-sm font-medium">
            {customerPaymentLabel(order)}
          </Glow>
        </Cell>
        <Cell caption="Total">
          <Glow when={order.totals.total.minor} className="rounded-sm">
            <Price money={order.totals.total} className="font-medium" />
          </Glow>
        </Cell>
      </div>
      {!isPast && isCancellable(order) && (
        <div className="flex justify-end border-t-2 perforation p-2">
          <CancelButton orderId={order.id} guest={guest} />
        </div>
      )}
    </Label>
  );
}

function Address({ contact, country }: { contact: Schema<'Order'>['contact']; country: string }) {
  if (contact == null) return <p className="font-medium">{country}</p>;
  const lines = [
    contact.line1,
    contact.line2,
    `${contact.postal_code} ${contact.city}`,
    contact.country,
    contact.phone,
  ];
  return (
    <address className="not-italic">
      <span className="block text-lg font-semibold">{contact.name}</span>
      {lines.map(
        (line) =>
          line != null &&
          line !== '' && (
            <span key={line} className="block">
              {line}
            </span>
          ),
      )}
    </address>
  );
}
