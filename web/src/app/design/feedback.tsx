import { Chapter, Specimen } from '@/app/design/specimen';
import { ApiError } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { NewPill } from '@/shared/components/new-pill';
import { ShowMore } from '@/shared/components/show-more';
import { Skeleton } from '@/shared/components/skeleton';
import { LiveDot, StaleBanner } from '@/shared/components/stale-banner';
import { EmptyState, ErrorState, Notice } from '@/shared/components/states';

const PROBLEM = new ApiError({
  type: 'https://waybill.dev/problems/not-caught-up',
  title: 'Not caught up',
  status: 503,
  detail: "The data isn't up to date yet. Try again in a moment.",
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  errors: [],
});
const UPDATED_AT = Date.parse('2026-01-05T12:03:11Z');

function noop(): void {
  // Specimens have no actions.
}

export function Feedback() {
  return (
    <Chapter title="Feedback">
      <Specimen name="Empty">
        <EmptyState
          icon="cart"
          title="Your cart is empty"
          action={<Button>Go to shop</Button>}
          className="w-full max-w-lg"
        >
          Items you add stay here.
        </EmptyState>
      </Specimen>
      <Specimen name="Loading">
        <div className="flex w-full max-w-lg flex-col gap-2">
          <Skeleton className="h-24 rounded-lg" />
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="h-5 w-1/3" />
        </div>
      </Specimen>
      <Specimen name="Error">
        <ErrorState error={PROBLEM} onRetry={noop} title="Couldn't load orders" className="w-full max-w-lg" />
      </Specimen>
      <Specimen name="Stale">
        <StaleBanner status={{ state: 'waiting', heardAt: UPDATED_AT }} />
        <StaleBanner status={{ state: 'offline', heardAt: UPDATED_AT }} />
        <LiveDot status={{ state: 'live', heardAt: UPDATED_AT }} />
        <LiveDot status={{ state: 'waiting', heardAt: UPDATED_AT }} />
      </Specimen>
      <Specimen name="Notice">
        <Notice tone="good">Payment received</Notice>
        <Notice tone="wait">Only 3 left</Notice>
        <Notice tone="bad">Payment declined</Notice>
      </Specimen>
      <Specimen name="Show more">
        <ShowMore shown={20} noun="order" hasMore onMore={noop} />
        <ShowMore shown={20} noun="order" hasMore isBusy onMore={noop} />
        <ShowMore shown={20} noun="order" hasMore error={PROBLEM} onMore={noop} />
      </Specimen>
      <Specimen name="New rows">
        <div className="relative h-12 w-full max-w-md border-b border-line pt-6">
          <NewPill count={12} onShow={noop} />
        </div>
      </Specimen>
    </Chapter>
  );
}
