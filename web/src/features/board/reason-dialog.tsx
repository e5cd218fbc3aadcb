import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { REASON_LENGTH_MAX, readReason } from '@/features/board/reason';
import { boardOrder } from '@/features/board/requests';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { DialogActions } from '@/shared/components/dialog-actions';
import { Modal } from '@/shared/components/modal';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';

interface ReasonDialogProps<Choice> {
  orderId: string;
  /** Label of the button that opens the dialog, and of the one that confirms. */
  action: string;
  title: string;
  /** Label of the button that changes nothing. */
  keep: string;
  variant: 'danger' | 'primary';
  reasonHint: string;
  /** Message after success. */
  done: string;
  /** What else was chosen in the dialog. */
  choice: Choice;
  send: (input: Choice & { reason: string }, key: string) => Promise<unknown>;
  /** Consequences, and further fields. */
  children: ReactNode;
}

/** Button that opens a dialog, which asks to confirm a change of an order with a reason. */
export function ReasonDialog<Choice extends object>(props: ReasonDialogProps<Choice>) {
  const { action, title, variant } = props;
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  return (
    <>
      <Button variant={variant === 'danger' ? 'danger' : 'secondary'} onClick={() => setIsAsking(true)}>
        {action}
      </Button>
      <Modal title={title} isOpen={isAsking} onClose={close}>
        <ReasonForm {...props} onClose={close} />
      </Modal>
    </>
  );
}

function ReasonForm<Choice extends object>({
  orderId,
  action,
  keep,
  variant,
  reasonHint,
  done,
  choice,
  send,
  children,
  onClose,
}: ReasonDialogProps<Choice> & { onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useCommandForm({
    read: (fields) => ({ ...choice, reason: readReason(fields) }),
    send,
    onSuccess: () => {
      toasts.add({ title: done });
      onClose();
      return queryClient.invalidateQueries({ queryKey: boardOrder(orderId).queryKey });
    },
  });
  return (
    <CommandForm
      form={form}
      className="gap-4"
      actions={
        <DialogActions keep={keep} action={action} variant={variant} busy={form.isPending} onKeep={onClose} />
      }
    >
      {children}
      <TextField label="Reason" name="reason" hint={reasonHint} required maxLength={REASON_LENGTH_MAX} />
    </CommandForm>
  );
}
