import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';

import { boardOrder, cancel } from '@/features/board/requests';
import { asProblem } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { Notice } from '@/shared/components/states';
import { TextField } from '@/shared/components/text-field';

/** Cancels an order with a reason from the admin. */
export function CancelOrder({ orderId }: { orderId: string }) {
  const queryClient = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState('');
  const cancelling = useMutation({
    mutationFn: () => cancel(orderId, reason.trim()),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: boardOrder(orderId).queryKey }),
  });
  if (!isAsking) {
    return (
      <Button variant="danger" className="self-start" onClick={() => setIsAsking(true)}>
        Cancel order
      </Button>
    );
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    cancelling.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 rounded-lg border border-red bg-sheet p-4">
      <TextField
        label="Reason for cancelling"
        hint="The customer sees this"
        required
        autoFocus
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {cancelling.isError && <Notice tone="bad">{asProblem(cancelling.error).detail}</Notice>}
      <div className="flex gap-2">
        <Button type="submit" variant="danger" busy={cancelling.isPending} disabled={reason.trim() === ''}>
          Cancel order
        </Button>
        <Button variant="quiet" onClick={() => setIsAsking(false)}>
          Keep order
        </Button>
      </div>
    </form>
  );
}
