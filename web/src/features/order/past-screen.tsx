import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';

import { CausationTree } from '@/features/order/causation-tree';
import { HistoryStep } from '@/features/order/history-step';
import { OrderLabel } from '@/features/order/order-label';
import { OrderLines } from '@/features/order/order-lines';
import { indexAt, momentAfter } from '@/features/order/past';
import { orderHistory, pastOrder } from '@/features/order/past-requests';
import type { Moment } from '@/features/order/search';
import { TimeSlider } from '@/features/order/time-slider';
import type { Schema } from '@/shared/api/client';
import { AsOfBanner } from '@/shared/components/as-of-banner';
import { Badge } from '@/shared/components/badge';
import { buttonClass } from '@/shared/components/button-class';
import { Glow } from '@/shared/components/glow';
import { PageHead } from '@/shared/components/page-head';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { orderStage } from '@/shared/order/status';
import { stepsOf } from '@/shared/order/steps';
import { Timeline } from '@/shared/order/timeline';

const route = getRouteApi('/orders/$id');

interface PastScreenProps {
  /** The order as it is now. */
  present: Schema<'Order'>;
  moment: Moment;
  guest: string | null;
}

/** An order as it was, with a slider through the events of its life. */
export function PastScreen({ present, moment, guest }: PastScreenProps) {
  const order = useQuery(pastOrder(present.id, moment, guest));
  const title = 'Order history';
  return (
    <>
      <PageHead title={title} documentTitle={`${title} ${present.number}`} />
      <AsOfBanner
        recordedAt={order.data?.as_of?.recorded_at}
        event={`version ${order.data?.as_of?.version ?? ''}`}
      >
        <Link to="/orders/$id" params={{ id: present.id }} search={{}} className={buttonClass('secondary')}>
          Back to now
        </Link>
      </AsOfBanner>
      {order.isPending && (
        <>
          <Loading label="Loading history" />
          <Skeleton className="h-96 rounded-lg" />
        </>
      )}
      {order.isError && (
        <ErrorState
          error={order.error}
          onRetry={() => void order.refetch()}
          title="Couldn't show this moment"
          className="mb-6"
        />
      )}
      <div className="flex flex-col gap-6">
        <Life present={present} position={order.data?.as_of?.position ?? null} guest={guest} />
        {order.data !== undefined && !order.isError && <OrderThen order={order.data} />}
        <CausationTree order={present} current={order.data?.as_of?.position} />
      </div>
    </>
  );
}

interface LifeProps {
  present: Schema<'Order'>;
  /** Position of the moment; null while it loads. */
  position: number | null;
  guest: string | null;
}

function Life({ present, position, guest }: LifeProps) {
  const navigate = route.useNavigate();
  const history = useQuery(orderHistory(present.id, present.position, guest));
  if (history.isPending) return <Skeleton className="h-40 rounded-lg" />;
  if (history.data === undefined) {
    return (
      <ErrorState
        error={history.error}
        onRetry={() => void history.refetch()}
        title="Couldn't load the history"
      />
    );
  }
  const { events, isComplete } = history.data;
  const index = indexAt(events, position ?? present.position);
  const current = events[index];
  return (
    <Sheet aria-label="History" className="flex flex-col gap-2 p-5">
      <div className="flex items-baseline justify-between gap-4 text-sm text-ink-soft figures">
        <p>
          Event {index + 1} of {events.length}
          {!isComplete && ' (later ones are in the log)'}
        </p>
      </div>
      <TimeSlider
        events={events}
        index={index}
        onMove={(to) => {
          const event = events[to];
          if (event === undefined) return;
          void navigate({ search: momentAfter(event), replace: true, resetScroll: false });
        }}
      />
      {current !== undefined && (
        <HistoryStep event={current} isFirst={index === 0} currency={present.totals.total.currency} />
      )}
    </Sheet>
  );
}

/** The order of the moment; what differs from the moment before glows. */
function OrderThen({ order }: { order: Schema<'Order'> }) {
  const stage = orderStage(order);
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1fr_24rem] lg:gap-8">
      <div className="flex flex-col gap-6">
        <OrderLabel order={order} guest={null} isPast />
        <OrderLines order={order} hasCosts />
      </div>
      <Sheet aria-label="Progress">
        <Glow when={stage.label} className="flex rounded-lg px-5 pt-5">
          <Badge tone={stage.tone} icon={stage.icon}>
            {stage.label}
          </Badge>
        </Glow>
        <div className="px-5 pt-5 pb-1">
          <Timeline steps={stepsOf(order)} />
        </div>
      </Sheet>
    </div>
  );
}
