import { useState } from 'react';

import { Button } from '@/shared/components/button';
import { type Choice, ChoiceGroup } from '@/shared/components/choice-group';
import { Modal } from '@/shared/components/modal';

const REASONS: readonly Choice<string>[] = [
  { value: 'No one at home', title: 'No one at home', detail: 'No one answered the door.' },
  {
    value: 'Address not found',
    title: 'Address not found',
    detail: 'The street, number or name is missing or wrong.',
  },
  { value: 'Refused', title: 'Refused', detail: 'The recipient refused the parcel.' },
];

interface FailedAttemptProps {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

/** Asks the courier for the reason of a failed delivery attempt. */
export function FailedAttempt({ isOpen, onClose, onConfirm }: FailedAttemptProps) {
  const [reason, setReason] = useState('No one at home');
  return (
    <Modal title="Why couldn't you deliver?" isOpen={isOpen} onClose={onClose}>
      <ChoiceGroup label="Reason" choices={REASONS} value={reason} onChange={setReason} />
      <Button size="huge" className="mt-4 w-full" onClick={() => onConfirm(reason)}>
        Save
      </Button>
    </Modal>
  );
}
