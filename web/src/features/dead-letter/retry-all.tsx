import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { DEAD_LETTERS, retryAll } from '@/features/dead-letter/requests';
import type { DeadLetterConditions } from '@/features/dead-letter/search';
import type { Schema } from '@/shared/api/client';
import { useCommand } from '@/shared/command/use-command';
import { Button } from '@/shared/components/button';
import { Modal } from '@/shared/components/modal';
import { Loading } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { toasts } from '@/shared/components/toasts';
import { counted } from '@/shared/format/words';

/** Button that opens a dialog, which says how many dead letters of how many keys would be retried, and retries them. */
export function RetryAll({ conditions }: { conditions: DeadLetterConditions }) {
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  return (
    <>
      <Button variant="secondary" onClick={() => setIsAsking(true)}>
        Retry all…
      </Button>
      <Modal title="Retry dead letters?" isOpen={isAsking} onClose={close}>
        <Preview conditions={conditions} onClose={close} />
      </Modal>
    </>
  );
}

function Preview({ conditions, onClose }: { conditions: DeadLetterConditions; onClose: () => void }) {
  const queryClient = useQueryClient();
  const preview = useQuery({
    queryKey: [...DEAD_LETTERS, 'preview', conditions],
    queryFn: () => retryAll(conditions, true),
    gcTime: 0,
    staleTime: 0,
  });
  const retry = useCommand({
    send: (which: DeadLetterConditions) => retryAll(which, false),
    onSuccess: async (result) => {
      onClose();
      toasts.add({ title: sentence(result) });
      await queryClient.invalidateQueries({ queryKey: DEAD_LETTERS });
    },
  });
  if (preview.isPending) return <Loading label="Counting dead letters" />;
  if (preview.data === undefined) {
    return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} title="Couldn't count" />;
  }
  const { letters, keys, has_more: hasMore } = preview.data;
  return (
    <div className="flex flex-col gap-4">
      <p>
        {keys === 0
          ? 'Nothing that meets the conditions is parked.'
          : `${counted(letters, 'dead letter')} of ${counted(keys, 'key')} will be retried.`}
        {hasMore && ' There are more keys; repeat this for them.'}
      </p>
      {retry.error !== null && <ErrorState error={retry.error} title="Couldn't retry all of them" />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="secondary" onClick={onClose}>
          Cancel
        </Button>
        {keys > 0 && (
          <Button variant="primary" busy={retry.isPending} onClick={() => retry.run(conditions)}>
            Retry {counted(letters, 'dead letter')}
          </Button>
        )}
      </div>
    </div>
  );
}

function sentence({ applied, failed, scheduled }: Schema<'BulkRetry'>): string {
  return `${counted(applied, 'event')} applied, ${counted(failed, 'key')} failed again, ${counted(scheduled, 'key')} tried within seconds`;
}
