import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { deleteAccount } from '@/features/privacy/requests';
import { endSession } from '@/shared/api/session';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { DialogActions } from '@/shared/components/dialog-actions';
import { Modal } from '@/shared/components/modal';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';

interface DeleteAccountProps {
  /** Whether the account has a role in the shop; an admin deletes such an account. */
  isStaff: boolean;
}

/** Deletes the account after confirmation with the password. */
export function DeleteAccount({ isStaff }: DeleteAccountProps) {
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  if (isStaff) return <p>Your account has a role in the shop. Ask an admin to delete it.</p>;
  return (
    <>
      <Button variant="danger" onClick={() => setIsAsking(true)}>
        Delete my account
      </Button>
      <Modal title="Delete your account?" isOpen={isAsking} onClose={close}>
        <DeleteForm onClose={close} />
      </Modal>
    </>
  );
}

function DeleteForm({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const form = useCommandForm({
    read: (fields) => fields('password'),
    send: deleteAccount,
    onSuccess: async () => {
      onClose();
      await navigate({ to: '/' });
      endSession();
      toasts.add({ title: 'Your account is deleted' });
    },
  });
  return (
    <CommandForm
      form={form}
      className="gap-4"
      actions={
        <DialogActions keep="Keep account" action="Delete account" busy={form.isPending} onKeep={onClose} />
      }
    >
      <p>
        <strong>What goes:</strong> your name, e-mail and password, the addresses of your orders, and
        everything you wrote. Nobody can read it again, not even us. You're logged out everywhere.
      </p>
      <p>
        <strong>What stays:</strong> which items were ordered when, and what was paid, without your name. You
        can't return items any more.
      </p>
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
    </CommandForm>
  );
}
