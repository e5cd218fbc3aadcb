import { useState } from 'react';

import { Button } from '@/shared/components/button';
import { type Choice, ChoiceGroup } from '@/shared/components/choice-group';
import { Modal } from '@/shared/components/modal';
import { TextField } from '@/shared/components/text-field';

const OTHER = 'other';

/** Longest reason that the server accepts, in characters. */
const REASON_LENGTH_MAX = 1000;

const REASONS: readonly Choice<string>[] = [
  { value: 'No one at home', title: 'No one at home', detail: 'No one answered the door.' },
  {
    value: 'Address not found',
    title: 'Address not found',
    detail: 'The street, number or name is missing or wrong.',
  },
  { value: 'Refused', title: 'Refused', detail: 'The recipient refused the parcel.' },
  { value: OTHER, title: 'Other reason', detail: 'Describe what happened in your own words.' },
];

interface FailedAttemptProps {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

/** Asks the courier for the reason of a failed delivery attempt. Everybody who sees the delivery reads it as given here. */
export function FailedAttempt({ isOpen, onClose, onConfirm }: FailedAttemptProps) {
  const [choice, setChoice] = useState('No one at home');
  const [words, setWords] = useState('');
  const reason = choice === OTHER ? words.trim() : choice;
  return (
    <Modal title="Why couldn't you deliver?" isOpen={isOpen} onClose={onClose}>
      <ChoiceGroup label="Reason" choices={REASONS} value={choice} onChange={setChoice} />
      {choice === OTHER && (
        <TextField
          label="What happened?"
          hint="The customer can read this"
          required
          rows={3}
          maxLength={REASON_LENGTH_MAX}
          value={words}
          onValueChange={setWords}
          className="mt-4"
        />
      )}
      <Button size="huge" className="mt-4 w-full" disabled={reason === ''} onClick={() => onConfirm(reason)}>
        Save
      </Button>
    </Modal>
  );
}
