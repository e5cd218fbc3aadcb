import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { AssignCourier } from '@/features/board/assign-courier';
import { CancelOrder } from '@/features/board/cancel-order';
import { boardOrder } from '@/features/board/requests';
import { RefundAgain } from '@/features/board/refund-again';
import { ReturnedParcel } from '@/features/board/returned-parcel';
import { TransferParcel } from '@/features/board/transfer-parcel';
import type { Schema } from '@/shared/api/client';
import { Badge } from '@/shared/components/badge';
import { Modal } from '@/shared/components/modal';
import { OrderNumber } from '@/shared/components/order-number';
import { CostRow, Price } from '@/shared/components/price';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { titleCase } from '@/shared/format/words';
import { Notes } from '@/shared/order/notes';
import {
  isAssignable,
  isCancellable,
  isRefundOpen,
  isReturned,
  isTransferable,
  orderStage,
  paymentLabel,
} from '@/shared/order/status';
import { stepsOf } from '@/shared/order/steps';
import { Timeline } from '@/shared/order/timeline';

interface OrderDrawerProps {
  id: string | undefined;
  onClose: () => void;
}

/** Side panel with one order: details, progress and admin actions. */
export function OrderDrawer({ id, onClose }: OrderDrawerProps) {
  return (
    <Modal title="Order" kind="side" isOpen={id !== undefined} onClose={onClose}>
      {id !== undefined && <Details key={id} id={id} />}
    </Modal>
  );
}

function Details({ id }: { id: string }) {
  const order = useQuery(boardOrder(id));
  if (order.isPending) {
    return (
      <>
        <Loading label="Loading order" />
        <Skeleton className="h-96 rounded-lg" />
      </>
    );
  }
  if (order.data === undefined) {
    return (
      <ErrorState error={order.error} onRetry={() => void order.refetch()} title="Couldn't load the order" />
    );
  }
  return <Loaded order={order.data} />;
}

function Loaded({ order }: { order: Schema<'Order'> }) {
  const stage = orderStage(order);
  const { contact } = order;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Link to="/orders/$id" params={{ id: order.id }} title="Open order" className="hover:text-signal">
          <OrderNumber number={order.number} />
        </Link>
        <span className="flex gap-2" aria-live="polite">
          <Badge>{paymentLabel(order.payment_status)}</Badge>
          <Badge tone={stage.tone} icon={stage.icon}>
            {stage.label}
          </Badge>
        </span>
      </div>
      {isAssignable(order) && <AssignCourier order={order} />}
      {isTransferable(order) && order.courier_id != null && (
        // With another courier, an open dialog is out of date and closes.
        <TransferParcel key={order.courier_id} order={order} from={order.courier_id} />
      )}
      {isReturned(order) && <ReturnedParcel order={order} />}
      {isRefundOpen(order) && <RefundAgain order={order} />}
      <Sheet aria-label="Progress" className="px-4 pt-4">
        <Timeline steps={stepsOf(order)} />
      </Sheet>
      <Sheet aria-label="Items" className="p-4">
        <ul className="flex flex-col gap-1.5">
          {order.lines.map((line) => (
            <li key={line.line_number} className="flex items-baseline justify-between gap-4">
              <span className="min-w-0">
                <span className="font-semibold figures">{line.quantity} × </span>
                {titleCase(line.name)} <span className="text-sm text-ink-soft figures">{line.sku}</span>
              </span>
              <Price money={line.line_total} />
            </li>
          ))}
        </ul>
        <dl className="mt-3">
          <CostRow label="Total" money={order.totals.total} isTotal />
        </dl>
      </Sheet>
      <Sheet aria-label="Delivery address" className="p-4">
        {contact == null ? (
          <p>{order.country}</p>
        ) : (
          <address className="not-italic">
            <span className="font-semibold">{contact.name}</span>, {contact.line1}, {contact.postal_code}{' '}
            {contact.city}, {contact.country}
          </address>
        )}
      </Sheet>
      <Notes orderId={order.id} guest={null} isStaff />
      {isCancellable(order) && !isReturned(order) && <CancelOrder orderId={order.id} />}
    </div>
  );
}
