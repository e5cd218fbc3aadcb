import { getRouteApi, Link } from '@tanstack/react-router';

import { OrderLabel } from '@/features/order/order-label';
import { OrderLines } from '@/features/order/order-lines';
import { PaymentPanel } from '@/features/order/payment-panel';
import { TrackingLink } from '@/features/order/tracking-link';
import { useLiveOrder } from '@/features/order/use-live-order';
import type { Schema } from '@/shared/api/client';
import { useGuestToken } from '@/shared/api/guest-tokens';
import { ApiError } from '@/shared/api/problem';
import { hasRole, sessionStore } from '@/shared/api/session';
import { Badge } from '@/shared/components/badge';
import { buttonClass } from '@/shared/components/button-class';
import { Glow } from '@/shared/components/glow';
import { PageHead } from '@/shared/components/page-head';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { LiveDot, StaleBanner } from '@/shared/components/stale-banner';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { Notes } from '@/shared/order/notes';
import { orderStage } from '@/shared/order/status';
import { stepsOf } from '@/shared/order/steps';
import { Timeline } from '@/shared/order/timeline';
import { useSocketStatus } from '@/shared/socket/use-channel';
import { useStore } from '@/shared/store';

const route = getRouteApi('/orders/$id');
const columns = 'grid items-start gap-6 lg:grid-cols-[1fr_24rem] lg:gap-8';

export function OrderScreen() {
  const { id } = route.useParams();
  const guest = useGuestToken(id);
  return <OrderOfReader key={guest} id={id} guest={guest} />;
}

/** The order as this reader sees it: the guest with this token, or the account of the session. */
function OrderOfReader({ id, guest }: { id: string; guest: string | null }) {
  const order = useLiveOrder(id, guest);
  if (order.isPending) return <OrderSkeleton />;
  if (order.data !== undefined) return <Tracking order={order.data} guest={guest} />;
  const isHidden = order.error instanceof ApiError && [401, 403, 404].includes(order.error.status);
  if (!isHidden)
    return (
      <ErrorState
        isPage
        error={order.error}
        onRetry={() => void order.refetch()}
        title="Couldn't load the order"
      />
    );
  return <HiddenOrder id={id} />;
}

const linkClass = 'font-medium text-signal underline underline-offset-2';

/** Shown for an order that doesn't exist, or that this reader may not see. */
function HiddenOrder({ id }: { id: string }) {
  const isLoggedIn = useStore(sessionStore) !== null;
  return (
    <EmptyState
      isPage
      icon="box"
      title="Can't show this order"
      action={
        isLoggedIn ? (
          <Link to="/" className={buttonClass('secondary')}>
            Go to shop
          </Link>
        ) : (
          <Link to="/login" search={{ then: `/orders/${id}` }} className={buttonClass()}>
            Log in
          </Link>
        )
      }
    >
      It doesn't exist, it belongs to another account, or its tracking link has expired or is incomplete.
      {!isLoggedIn && ' Log in to see your orders.'} Ordered as a guest?{' '}
      <Link to="/find-order" className={linkClass}>
        Find my order
      </Link>
    </EmptyState>
  );
}

function Tracking({ order, guest }: { order: Schema<'Order'>; guest: string | null }) {
  const status = useSocketStatus(guest);
  const stage = orderStage(order);
  const needsPayment = order.status === 'pending';
  const title = needsPayment ? 'Review and pay' : 'Your order';
  const session = useStore(sessionStore);
  const isStaff = hasRole(session, 'seller', 'admin') && session?.account.id !== order.customer_id;
  return (
    <>
      <PageHead title={title} documentTitle={`${title} ${order.number}`}>
        <div className="flex items-center gap-4">
          <LiveDot status={status} />
          <span aria-live="polite">
            <Badge tone={stage.tone} icon={stage.icon}>
              {stage.label}
            </Badge>
          </span>
        </div>
      </PageHead>
      <StaleBanner status={status} />
      <div className={columns}>
        <div className="flex flex-col gap-6">
          {needsPayment && <PaymentPanel order={order} guest={guest} />}
          <OrderLabel order={order} guest={guest} />
          {!needsPayment && <OrderLines order={order} hasCosts />}
        </div>
        <div className="flex flex-col gap-6">
          <Sheet aria-label="Progress">
            <Glow
              when={`${order.status} ${order.delivery_status ?? ''}`}
              className="rounded-lg px-5 pt-5 pb-1"
            >
              <Timeline steps={stepsOf(order)} />
            </Glow>
          </Sheet>
          {needsPayment && <OrderLines order={order} hasCosts={false} />}
          {guest !== null && <TrackingLink orderId={order.id} token={guest} />}
          <Notes orderId={order.id} guest={guest} isStaff={isStaff} />
        </div>
      </div>
    </>
  );
}

function OrderSkeleton() {
  return (
    <>
      <Loading label="Loading order" />
      <Skeleton className="mb-6 h-8 w-48" />
      <div className={columns}>
        <Skeleton className="h-96 rounded-lg" />
        <Skeleton className="h-80 rounded-lg" />
      </div>
    </>
  );
}
