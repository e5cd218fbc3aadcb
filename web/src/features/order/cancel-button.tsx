import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { cancelOrder } from '@/features/order/requests';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { DialogActions } from '@/shared/components/dialog-actions';
import { Modal } from '@/shared/components/modal';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';

interface CancelProps {
  orderId: string;
  guest: string | null;
}

/** Cancels the order after confirmation. */
export function CancelButton({ orderId, guest }: CancelProps) {
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  return (
    <>
      <Button variant="quiet" size="small" onClick={() => setIsAsking(true)}>
        Cancel order
      </Button>
      <Modal title="Cancel this order?" isOpen={isAsking} onClose={close}>
        <CancelForm orderId={orderId} guest={guest} onClose={close} />
      </Modal>
    </>
  );
}

function CancelForm({ orderId, guest, onClose }: CancelProps & { onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useCommandForm({
    read: (fields) => fields('reason').trim(),
    send: (reason, key) => cancelOrder(orderId, reason, key, guest),
    onSuccess: () => {
      toasts.add({ title: 'Order cancelled' });
      onClose();
      return queryClient.invalidateQueries({ queryKey: ['order', orderId] });
    },
  });
  return (
    <CommandForm
      form={form}
      className="gap-4"
      actions={
        <DialogActions keep="Keep order" action="Cancel order" busy={form.isPending} onKeep={onClose} />
      }
    >
      <p>We'll release your items. If you've paid, we'll refund you.</p>
      <TextField
        label="Reason"
        name="reason"
        hint="The seller, the courier and support can read this"
        maxLength={1000}
      />
    </CommandForm>
  );
}
