import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { cancelOrder } from '@/features/order/requests';
import { asProblem } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { Modal } from '@/shared/components/modal';
import { Notice } from '@/shared/components/states';
import { TextField } from '@/shared/components/text-field';

/** Cancels the order after confirmation. */
export function CancelButton({ orderId, guest }: { orderId: string; guest: string | null }) {
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState('');
  const queryClient = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => cancelOrder(orderId, reason.trim(), guest),
    onSuccess: async () => {
      setIsAsking(false);
      await queryClient.invalidateQueries({ queryKey: ['order', orderId] });
    },
  });
  return (
    <>
      <Button variant="quiet" size="small" onClick={() => setIsAsking(true)}>
        Cancel order
      </Button>
      <Modal title="Cancel this order?" isOpen={isAsking} onClose={() => setIsAsking(false)}>
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            cancelling.mutate();
          }}
        >
          <p>We'll release your items. If you've paid, we'll refund you.</p>
          <TextField
            label="Reason"
            value={reason}
            maxLength={1000}
            onChange={(event) => setReason(event.target.value)}
          />
          {cancelling.isError && <Notice tone="bad">{asProblem(cancelling.error).detail}</Notice>}
          <div className="flex flex-wrap justify-end gap-2">
            <Button variant="secondary" onClick={() => setIsAsking(false)}>
              Keep order
            </Button>
            <Button type="submit" variant="danger" busy={cancelling.isPending}>
              Cancel order
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
