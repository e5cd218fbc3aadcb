import { useQuery } from '@tanstack/react-query';

import { operatorActions } from '@/features/dead-letter/requests';
import type { Schema } from '@/shared/api/client';
import { Sheet } from '@/shared/components/sheet';
import { Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { formatInstant } from '@/shared/format/time';

/** The last things that operators did with dead letters: who, what, why and when. */
export function ActionHistory() {
  const actions = useQuery(operatorActions());
  return (
    <Sheet aria-label="History" className="mt-6 p-4">
      <h2 className="font-semibold">History</h2>
      {actions.isPending && <Skeleton className="mt-2 h-16" />}
      {actions.isError && (
        <ErrorState
          error={actions.error}
          onRetry={() => void actions.refetch()}
          title="Couldn't load the history"
        />
      )}
      {actions.data?.items.length === 0 && <p className="text-sm text-ink-soft">Nothing was done yet.</p>}
      <ul className="mt-1 divide-y divide-line text-sm">
        {actions.data?.items.map((action) => (
          <ActionRow key={action.id} action={action} />
        ))}
      </ul>
    </Sheet>
  );
}

function ActionRow({ action }: { action: Schema<'OperatorAction'> }) {
  const { position } = action.detail;
  return (
    <li className="py-1.5">
      <span className="font-medium">{action.verb === 'skip' ? 'Skipped' : 'Retried'}</span>{' '}
      <span className="figures">
        {action.name}
        {typeof position === 'number' && `:${position}`}
      </span>
      {action.reason != null && `: ${action.reason}`}
      <span className="block text-ink-soft figures">
        <time dateTime={action.at}>{formatInstant(action.at)}</time>, {action.by}
      </span>
    </li>
  );
}
