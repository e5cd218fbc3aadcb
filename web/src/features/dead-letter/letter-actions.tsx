import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { DEAD_LETTERS, retryOne, skipOne } from '@/features/dead-letter/requests';
import type { Schema } from '@/shared/api/client';
import { useCommand } from '@/shared/command/use-command';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { DialogActions } from '@/shared/components/dialog-actions';
import { Modal } from '@/shared/components/modal';
import { ErrorState, Notice } from '@/shared/components/states';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';
import { FieldError } from '@/shared/form';
import { counted } from '@/shared/format/words';

/** Longest reason that the server accepts, in characters. */
const REASON_LENGTH_MAX = 1000;

interface LetterActionsProps {
  letter: Schema<'DeadLetter'>;
  /** Called when the dead letter is resolved. */
  onResolved: () => void;
}

/** Retry and skip. */
export function LetterActions({ letter, onResolved }: LetterActionsProps) {
  const queryClient = useQueryClient();
  const [isSkipping, setIsSkipping] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const retry = useCommand({
    send: (id: string) => retryOne(id),
    onSuccess: async (result) => {
      setFailure(result.error ?? null);
      if (result.failed_position == null && !result.scheduled) onResolved();
      toasts.add({ title: sentence(result) });
      await queryClient.invalidateQueries({ queryKey: DEAD_LETTERS });
    },
  });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" busy={retry.isPending} onClick={() => retry.run(letter.id)}>
          Retry
        </Button>
        {letter.state !== 'waiting' && (
          <Button variant="danger" onClick={() => setIsSkipping(true)}>
            Skip
          </Button>
        )}
      </div>
      {failure !== null && <Notice tone="bad">It still fails: {failure}</Notice>}
      {retry.error !== null && <ErrorState error={retry.error} title="Couldn't retry" />}
      <Modal title="Skip this event?" isOpen={isSkipping} onClose={() => setIsSkipping(false)}>
        <SkipForm letter={letter} onResolved={onResolved} onClose={() => setIsSkipping(false)} />
      </Modal>
    </div>
  );
}

function SkipForm({ letter, onResolved, onClose }: LetterActionsProps & { onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useCommandForm({
    read: (fields) => {
      const reason = fields('reason').trim();
      if (reason === '') throw new FieldError('reason', 'Enter a reason');
      return reason;
    },
    send: (reason: string) =>
      skipOne(letter.id, { event_id: letter.event_id ?? '', attempts: letter.attempts, reason }),
    onSuccess: async (result) => {
      onClose();
      onResolved();
      toasts.add({ title: `Event skipped. ${sentence(result)}` });
      await queryClient.invalidateQueries({ queryKey: DEAD_LETTERS });
    },
  });
  return (
    <CommandForm
      form={form}
      className="gap-4"
      actions={<DialogActions keep="Cancel" action="Skip event" busy={form.isPending} onKeep={onClose} />}
    >
      <p>
        {letter.consumer} continues without {letter.event_type} at position {letter.position}.{' '}
        {letter.behind > 0 && `${counted(letter.behind, 'event')} behind it will be tried next.`}
      </p>
      <TextField
        label="Reason"
        name="reason"
        hint="Recorded in the history with your account."
        required
        maxLength={REASON_LENGTH_MAX}
      />
    </CommandForm>
  );
}

function sentence({ applied, scheduled, failed_position: failed }: Schema<'DeadLetterResult'>): string {
  if (scheduled) return 'The policy tries the next event within seconds';
  const done = `${counted(applied, 'event')} applied`;
  return failed == null ? done : `${done}; position ${failed} still fails`;
}
