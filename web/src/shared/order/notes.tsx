import { useInfiniteQuery } from '@tanstack/react-query';

import type { Schema } from '@/shared/api/client';
import { Badge } from '@/shared/components/badge';
import { ShowMore } from '@/shared/components/show-more';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { formatTime } from '@/shared/format/time';
import { NoteForm } from '@/shared/order/note-form';
import { orderNotes } from '@/shared/order/note-requests';
import { ERASED_TEXT } from '@/shared/order/steps';
import { itemsOf, moreOf } from '@/shared/paging';

interface NotesProps {
  orderId: string;
  guest: string | null;
  /** Whether the reader is a seller or an admin, who may hide a note from the customer. */
  isStaff: boolean;
}

const AUTHORS: Record<Schema<'NoteRole'>, string> = {
  customer: 'Customer',
  guest: 'Customer',
  seller: 'Seller',
  admin: 'Support',
};

/** The notes on an order, newest first, and a form to add one. */
export function Notes({ orderId, guest, isStaff }: NotesProps) {
  const pages = useInfiniteQuery(orderNotes(orderId, guest));
  const notes = itemsOf(pages.data);
  return (
    <Sheet aria-labelledby="notes-title" className="flex flex-col gap-4 p-5">
      <h2 id="notes-title" className="font-semibold">
        Notes
      </h2>
      <NoteForm orderId={orderId} guest={guest} isStaff={isStaff} />
      {pages.isPending && (
        <>
          <Loading label="Loading notes" />
          <Skeleton className="h-12 rounded-md" />
        </>
      )}
      {pages.isError && (
        <ErrorState
          error={pages.error}
          onRetry={() => void pages.refetch()}
          title="Couldn't load the notes"
        />
      )}
      <ul aria-label="Notes" aria-live="polite" className="flex flex-col gap-3 empty:hidden">
        {notes.map((note) => (
          <Note key={note.id} note={note} />
        ))}
      </ul>
      <ShowMore {...moreOf(pages)} shown={notes.length} noun="note" label="Show earlier notes" />
    </Sheet>
  );
}

function Note({ note }: { note: Schema<'OrderNote'> }) {
  return (
    <li className="border-t border-line pt-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{note.is_own ? 'You' : AUTHORS[note.role]}</span>
        <time dateTime={note.added_at} className="text-sm text-ink-soft figures">
          {formatTime(note.added_at)}
        </time>
        {note.visibility === 'internal' && <Badge icon="lock">Internal</Badge>}
      </p>
      {note.text === null ? (
        <p className="text-ink-soft">{ERASED_TEXT}</p>
      ) : (
        <p className="wrap-anywhere whitespace-pre-wrap">{note.text}</p>
      )}
    </li>
  );
}
