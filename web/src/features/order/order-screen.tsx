import { getRouteApi, Link } from '@tanstack/react-router';

import { CausationTree } from '@/features/order/causation-tree';
import { HiddenOrder } from '@/features/order/hidden-order';
import { OrderLabel } from '@/features/order/order-label';
import { OrderLines } from '@/features/order/order-lines';
import { PastScreen } from '@/features/order/past-screen';
import { PaymentPanel } from '@/features/order/payment-panel';
import { momentOf } from '@/features/order/search';
import { TrackingLink } from '@/features/order/tracking-link';
import { useLiveOrder } from '@/features/order/use-live-order';
import type { Schema } from '@/shared/api/client';
import { useGuestToken } from '@/shared/api/guest-tokens';
import { ApiError } from '@/shared/api/problem';
import { hasRole, sessionStore } from '@/shared/api/session';
import { Badge } from '@/shared/components/badge';
import { buttonClass } from '@/shared/components/button-class';
import { Glow } from '@/shared/components/glow';
import { Icon } from '@/shared/components/icon';
import { PageHead } from '@/shared/components/page-head';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { LiveDot, StaleBanner } from '@/shared/components/stale-banner';
import { ErrorState } from '@/shared/components/states';
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
  const moment = momentOf(route.useSearch());
  if (order.isPending) return <OrderSkeleton />;
  if (order.data !== undefined) {
    return moment === null ? (
      <Tracking order={order.data} guest={guest} />
    ) : (
      <PastScreen present={order.data} moment={moment} guest={guest} />
    );
  }
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
          <Link
            to="/orders/$id"
            params={{ id: order.id }}
            search={{ position: order.position }}
            className={buttonClass('quiet')}
          >
            <Icon name="clock" />
            History
          </Link>
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
          <CausationTree order={order} />
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
