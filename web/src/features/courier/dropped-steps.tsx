import { dismissDropped } from '@/features/courier/outbox';
import type { Outbox } from '@/features/courier/outbox-store';
import { Notice } from '@/shared/components/states';

/** Steps of the courier that were not applied, and why. */
export function DroppedSteps({ dropped }: Pick<Outbox, 'dropped'>) {
  if (dropped.length === 0) return null;
  return (
    <Notice tone="bad">
      {dropped.map(({ key, orderNumber, why }) => (
        <p key={key}>
          {orderNumber !== '' && <span className="font-semibold figures">{orderNumber}: </span>}
          {why}
        </p>
      ))}
      <button type="button" className="min-h-11 font-semibold underline" onClick={dismissDropped}>
        Dismiss
      </button>
    </Notice>
  );
}
