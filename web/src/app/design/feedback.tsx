import { Chapter, Specimen } from '@/app/design/specimen';
import { ApiError } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { NewPill } from '@/shared/components/new-pill';
import { Skeleton } from '@/shared/components/skeleton';
import { LiveDot, StaleBanner } from '@/shared/components/stale-banner';
import { EmptyState, ErrorState, Notice } from '@/shared/components/states';

const PROBLEM = new ApiError({
  type: 'https://waybill.dev/problems/not-caught-up',
  title: 'Not caught up',
  status: 503,
  detail: 'The read model has not reached position 1205 yet.',
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  errors: [],
});
const HEARD = Date.parse('2026-01-05T12:03:11Z');

function nothing(): void {
  // The specimens do nothing.
}

export function Feedback() {
  return (
    <Chapter title="Feedback">
      <Specimen name="Empty">
        <EmptyState
          icon="cart"
          title="Your cart is empty"
          action={<Button>Go to the shop</Button>}
          className="w-full max-w-lg"
        >
          What you put in stays here.
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
        <ErrorState
          error={PROBLEM}
          onRetry={nothing}
          title="The orders could not be loaded"
          className="w-full max-w-lg"
        />
      </Specimen>
      <Specimen name="Stale">
        <StaleBanner status={{ state: 'waiting', heardAt: HEARD }} />
        <StaleBanner status={{ state: 'offline', heardAt: HEARD }} />
        <LiveDot status={{ state: 'live', heardAt: HEARD }} />
        <LiveDot status={{ state: 'waiting', heardAt: HEARD }} />
      </Specimen>
      <Specimen name="Notice">
        <Notice tone="good">Paid. Thank you!</Notice>
        <Notice tone="wait">Only 3 left.</Notice>
        <Notice tone="bad">The payment was declined.</Notice>
      </Specimen>
      <Specimen name="New rows">
        <div className="relative h-12 w-full max-w-md border-b border-line pt-6">
          <NewPill count={12} onShow={nothing} />
        </div>
      </Specimen>
    </Chapter>
  );
}
