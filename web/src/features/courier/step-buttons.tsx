import { type CourierDelivery, nextAction } from '@/features/courier/next-action';
import { UNDO_MS, undo } from '@/features/courier/outbox';
import type { OutboxEntry } from '@/features/courier/outbox-store';
import { Button } from '@/shared/components/button';
import { Icon } from '@/shared/components/icon';
import { useSettled } from '@/shared/components/use-settled';
import { deliveryStage } from '@/shared/order/status';

/** Time after a change in which the buttons have no effect, so that a double tap is one step. */
const SETTLE_MS = 1_000;

interface StepButtonsProps {
  delivery: CourierDelivery;
  isSending: boolean;
  now: number;
  onStep: (status: OutboxEntry['status']) => void;
  onFail: () => void;
}

/** Next action of a delivery; while the last one can be undone, that one and an Undo button. */
export function StepButtons({ delivery, isSending, now, onStep, onFail }: StepButtonsProps) {
  const { status, held } = delivery;
  const isPaused = held !== null || isSending;
  const isSettled = useSettled(`${status} ${isPaused}`, SETTLE_MS);
  if (isPaused) return <HeldStep status={status} held={held} now={now} />;
  const next = nextAction(status);
  return (
    <>
      {next !== null && (
        <Button
          size="huge"
          className="w-full text-xl"
          disabled={!isSettled}
          onClick={() => onStep(next.status)}
        >
          <Icon name={next.icon} className="size-8" />
          {next.label}
        </Button>
      )}
      {status === 'on_the_way' && (
        <Button variant="quiet" size="large" disabled={!isSettled} onClick={onFail}>
          Couldn't deliver
        </Button>
      )}
      {status === 'attempt_failed' && (
        <Button variant="quiet" size="large" disabled={!isSettled} onClick={() => onStep('returning')}>
          Return to sender
        </Button>
      )}
    </>
  );
}

interface HeldStepProps {
  status: CourierDelivery['status'];
  held: OutboxEntry | null;
  now: number;
}

/** The step just taken, in the place of its button. Undo is below it, away from the thumb. */
function HeldStep({ status, held, now }: HeldStepProps) {
  const { label } = deliveryStage(status);
  const leftMs = Math.min(UNDO_MS, Math.max(1, (held?.heldUntil ?? 0) - now));
  return (
    <>
      <Button size="huge" className="w-full text-xl" busy>
        {label}
      </Button>
      <div className="flex min-h-12 items-center justify-between gap-3">
        <span role="status" className="sr-only">
          {held === null
            ? `${label}: sending`
            : `${label}: sending in ${UNDO_MS / 1000} seconds, can be undone`}
        </span>
        <span aria-hidden="true" className="pl-2 font-medium figures">
          {held === null ? 'Sending…' : `Sending in ${Math.ceil(leftMs / 1000)} s`}
        </span>
        {held !== null && (
          <Button variant="secondary" size="large" onClick={() => undo(held.key)}>
            Undo
          </Button>
        )}
      </div>
    </>
  );
}
