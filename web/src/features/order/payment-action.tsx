import { Button } from '@/shared/components/button';
import { Modal } from '@/shared/components/modal';

interface PaymentActionProps {
  isOpen: boolean;
  isBusy: boolean;
  onEnd: (outcome: 'passed' | 'failed') => void;
}

/** Simulates the bank's 3-D Secure page. */
export function PaymentAction({ isOpen, isBusy, onEnd }: PaymentActionProps) {
  return (
    <Modal title="Confirm with your bank" isOpen={isOpen} onClose={() => onEnd('failed')}>
      <p>Approve this payment? In test mode you choose the outcome.</p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button variant="secondary" disabled={isBusy} onClick={() => onEnd('failed')}>
          Decline payment
        </Button>
        <Button busy={isBusy} onClick={() => onEnd('passed')}>
          Approve payment
        </Button>
      </div>
    </Modal>
  );
}
