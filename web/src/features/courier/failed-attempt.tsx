import { useState } from 'react';

import { Button } from '@/shared/components/button';
import { type Choice, ChoiceGroup } from '@/shared/components/choice-group';
import { Modal } from '@/shared/components/modal';

const REASONS: readonly Choice<string>[] = [
  { value: 'Nobody at home', title: 'Nobody at home', detail: 'Nobody opened.' },
  {
    value: 'Address not found',
    title: 'Address not found',
    detail: 'The street, the number or the name is missing.',
  },
  { value: 'Refused', title: 'Refused', detail: 'They did not want it.' },
];

interface FailedAttemptProps {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

/** Asks why a parcel could not be handed over. */
export function FailedAttempt({ isOpen, onClose, onConfirm }: FailedAttemptProps) {
  const [reason, setReason] = useState('Nobody at home');
  return (
    <Modal title="Why not?" isOpen={isOpen} onClose={onClose}>
      <ChoiceGroup label="Reason" choices={REASONS} value={reason} onChange={setReason} />
      <Button size="huge" className="mt-4 w-full" onClick={() => onConfirm(reason)}>
        Note it
      </Button>
    </Modal>
  );
}
