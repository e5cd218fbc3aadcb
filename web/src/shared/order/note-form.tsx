import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';

import { newIdempotencyKey } from '@/shared/api/client';
import { asProblem } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { CheckboxField } from '@/shared/components/checkbox-field';
import { Notice } from '@/shared/components/states';
import { TextField } from '@/shared/components/text-field';
import { addNote, refreshNotes } from '@/shared/order/note-requests';

const TEXT_LENGTH_MAX = 2000;

/** A note being written. A new key with each change, so that only sending the same note again is a repeat. */
function draft(text: string, isInternal: boolean) {
  return { text, isInternal, key: newIdempotencyKey() };
}

interface NoteFormProps {
  orderId: string;
  guest: string | null;
  isStaff: boolean;
}

/** Writes a note on an order. */
export function NoteForm({ orderId, guest, isStaff }: NoteFormProps) {
  const queryClient = useQueryClient();
  const [note, setNote] = useState(() => draft('', false));
  const adding = useMutation({
    mutationFn: ({ text, isInternal, key }: typeof note) =>
      addNote(orderId, { text, visibility: isInternal ? 'internal' : 'shared' }, key, guest),
    onSuccess: (_, sent) => {
      setNote((current) => (current.key === sent.key ? draft('', sent.isInternal) : current));
      return refreshNotes(queryClient, orderId);
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    adding.mutate(note);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <TextField
        label="Add a note"
        hint={
          note.isInternal
            ? 'Only you and admins can read this'
            : isStaff
              ? 'The customer can read this'
              : 'The seller, the courier and support can read this'
        }
        required
        rows={3}
        maxLength={TEXT_LENGTH_MAX}
        value={note.text}
        onValueChange={(text) => setNote(draft(text, note.isInternal))}
      />
      {isStaff && (
        <CheckboxField
          label="Internal"
          checked={note.isInternal}
          onChange={(isInternal) => setNote(draft(note.text, isInternal))}
        />
      )}
      {adding.isError && <Notice tone="bad">{asProblem(adding.error).detail}</Notice>}
      <Button
        type="submit"
        variant="secondary"
        className="self-start"
        busy={adding.isPending}
        disabled={note.text.trim() === ''}
      >
        Add note
      </Button>
    </form>
  );
}
