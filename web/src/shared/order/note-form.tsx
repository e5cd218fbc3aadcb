import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CheckboxField } from '@/shared/components/checkbox-field';
import { CommandForm } from '@/shared/components/command-form';
import { TextField } from '@/shared/components/text-field';
import { FieldError, type Fields } from '@/shared/form';
import { addNote, refreshNotes } from '@/shared/order/note-requests';

const TEXT_LENGTH_MAX = 2000;

interface NoteFormProps {
  orderId: string;
  guest: string | null;
  isStaff: boolean;
}

function readText(fields: Fields): string {
  const text = fields('text').trim();
  if (text === '') throw new FieldError('text', 'Enter a note');
  return text;
}

/** Writes a note on an order. */
export function NoteForm({ orderId, guest, isStaff }: NoteFormProps) {
  const queryClient = useQueryClient();
  const [isInternal, setIsInternal] = useState(false);
  const form = useCommandForm({
    read: (fields) => ({
      text: readText(fields),
      visibility: isInternal ? ('internal' as const) : ('shared' as const),
    }),
    send: (note, key) => addNote(orderId, note, key, guest),
    onSuccess: () => refreshNotes(queryClient, orderId),
  });
  return (
    <CommandForm
      form={form}
      actions={
        <Button type="submit" variant="secondary" className="self-start" busy={form.isPending}>
          Add note
        </Button>
      }
    >
      <TextField
        label="Add a note"
        name="text"
        hint={
          isInternal
            ? 'Only you and admins can read this'
            : isStaff
              ? 'The customer can read this'
              : 'The seller, the courier and support can read this'
        }
        required
        rows={3}
        maxLength={TEXT_LENGTH_MAX}
      />
      {isStaff && <CheckboxField label="Internal note" checked={isInternal} onChange={setIsInternal} />}
    </CommandForm>
  );
}
