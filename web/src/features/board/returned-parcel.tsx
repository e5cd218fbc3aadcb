import { useState } from 'react';

import { ReasonDialog } from '@/features/board/reason-dialog';
import { cancel, reopen } from '@/features/board/requests';
import type { Schema } from '@/shared/api/client';
import { CheckboxField } from '@/shared/components/checkbox-field';
import { Sheet } from '@/shared/components/sheet';

const CUSTOMER_READS = 'The customer can read this';

/** What to do with a parcel that was returned to the sender: deliver it again, or cancel its order. */
export function ReturnedParcel({ order }: { order: Schema<'Order'> }) {
  const [isSellable, setIsSellable] = useState(true);
  return (
    <Sheet aria-label="Returned parcel" className="flex flex-col gap-3 p-4">
      <p>
        The parcel is back with the sender. Deliver it again, or cancel the order and refund the customer.
      </p>
      <div className="flex flex-wrap gap-2">
        <ReasonDialog
          orderId={order.id}
          action="Deliver again"
          title="Deliver this parcel again?"
          keep="Not now"
          variant="primary"
          reasonHint={CUSTOMER_READS}
          done="Waiting for a courier"
          choice={{}}
          send={({ reason }, key) => reopen(order.delivery_id, reason, key)}
        >
          <p>The delivery waits for a courier again, to the same address.</p>
        </ReasonDialog>
        <ReasonDialog
          orderId={order.id}
          action="Cancel and refund"
          title="Cancel this order?"
          keep="Keep order"
          variant="danger"
          reasonHint={CUSTOMER_READS}
          done="Order cancelled"
          choice={{ restock: isSellable }}
          send={(body, key) => cancel(order.id, body, key)}
        >
          <p>We'll refund the whole payment.</p>
          <CheckboxField label="Return the items to stock" checked={isSellable} onChange={setIsSellable} />
        </ReasonDialog>
      </div>
    </Sheet>
  );
}
