import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { erasePerson, erasures, personById, type PersonOverview } from '@/features/privacy/requests';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { DialogActions } from '@/shared/components/dialog-actions';
import { Modal } from '@/shared/components/modal';
import { TextField } from '@/shared/components/text-field';
import { FieldError } from '@/shared/form';
import { counted } from '@/shared/format/words';
import { reload } from '@/shared/reload';

/** Longest reason, in characters. */
const REASON_LENGTH_MAX = 1000;

interface ErasePersonProps {
  id: string;
  person: PersonOverview;
}

/** Button that erases a person, after a reason was given and the person was named again. */
export function ErasePerson(props: ErasePersonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  return (
    <>
      <Button variant="danger" onClick={() => setIsAsking(true)}>
        Erase person…
      </Button>
      <Modal title="Erase this person?" isOpen={isAsking} onClose={close}>
        <EraseForm {...props} onClose={close} />
      </Modal>
    </>
  );
}

function EraseForm({ id, person, onClose }: ErasePersonProps & { onClose: () => void }) {
  const queryClient = useQueryClient();
  const name = person.account?.email ?? person.orders[0]?.number ?? person.person_id;
  const form = useCommandForm({
    read: (fields) => {
      if (fields('confirmation').trim() !== name)
        throw new FieldError('confirmation', `Type ${name} to confirm`);
      return { person: id, reason: fields('reason').trim() };
    },
    send: erasePerson,
    onSuccess: async () => {
      onClose();
      await Promise.all([reload(queryClient, personById(id)), reload(queryClient, erasures)]);
    },
  });
  return (
    <CommandForm
      form={form}
      className="gap-4"
      actions={
        <DialogActions keep="Keep person" action="Erase person" busy={form.isPending} onKeep={onClose} />
      }
    >
      <p>
        <strong>What goes:</strong> {whatGoes(person)}. Nobody can read it again. It can’t be undone.
      </p>
      <p>
        <strong>What stays:</strong> which items were ordered when, and what was paid, without a name.
      </p>
      <TextField
        label="Reason"
        name="reason"
        hint="It is kept. Don't name the person in it."
        required
        maxLength={REASON_LENGTH_MAX}
        rows={2}
      />
      <TextField label={`Type ${name} to confirm`} name="confirmation" required autoComplete="off" />
    </CommandForm>
  );
}

function whatGoes({ account, order_count }: PersonOverview): string {
  const parts = [];
  if (account !== null) parts.push('the account with its name, e-mail address and sessions');
  if (order_count > 0) parts.push(`the addresses and texts of ${counted(order_count, 'order')}`);
  return parts.join(', and ');
}
