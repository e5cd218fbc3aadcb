import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { REASON_LENGTH_MAX, readReason } from '@/features/board/reason';
import { boardOrder, cancel } from '@/features/board/requests';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';

/** Cancels an order with a reason from the admin. */
export function CancelOrder({ orderId }: { orderId: string }) {
  const [isAsking, setIsAsking] = useState(false);
  const [wasAsked, setWasAsked] = useState(false);
  if (isAsking) return <CancelForm orderId={orderId} onClose={() => setIsAsking(false)} />;
  return (
    <Button
      variant="danger"
      className="self-start"
      autoFocus={wasAsked}
      onClick={() => {
        setIsAsking(true);
        setWasAsked(true);
      }}
    >
      Cancel order
    </Button>
  );
}

function CancelForm({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useCommandForm({
    read: (fields) => ({ reason: readReason(fields) }),
    send: (body, key) => cancel(orderId, body, key),
    onSuccess: () => {
      toasts.add({ title: 'Order cancelled' });
      return queryClient.invalidateQueries({ queryKey: boardOrder(orderId).queryKey });
    },
  });
  return (
    <CommandForm
      form={form}
      className="rounded-lg border border-red bg-sheet p-4"
      actions={
        <div className="flex gap-2">
          <Button type="submit" variant="danger" busy={form.isPending}>
            Cancel order
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Keep order
          </Button>
        </div>
      }
    >
      <TextField
        label="Reason for cancelling"
        name="reason"
        hint="The customer sees this"
        required
        autoFocus
        maxLength={REASON_LENGTH_MAX}
      />
    </CommandForm>
  );
}
