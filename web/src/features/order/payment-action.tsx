import { Button } from '@/shared/components/button';
import { Modal } from '@/shared/components/modal';

interface PaymentActionProps {
  isOpen: boolean;
  isBusy: boolean;
  onEnd: (outcome: 'passed' | 'failed') => void;
}

/** Stands for the page on which a bank asks its customer. */
export function PaymentAction({ isOpen, isBusy, onEnd }: PaymentActionProps) {
  return (
    <Modal title="Your bank asks" isOpen={isOpen} onClose={() => onEnd('failed')}>
      <p>Did you start this payment? (In the sandbox you decide how it ends.)</p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button variant="secondary" disabled={isBusy} onClick={() => onEnd('failed')}>
          No, refuse it
        </Button>
        <Button busy={isBusy} onClick={() => onEnd('passed')}>
          Yes, approve it
        </Button>
      </div>
    </Modal>
  );
}
