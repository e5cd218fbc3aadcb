import { useState } from 'react';

import { withdrawProduct } from '@/features/seller/requests';
import type { Schema } from '@/shared/api/client';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { DialogActions } from '@/shared/components/dialog-actions';
import { Modal } from '@/shared/components/modal';
import { TextField } from '@/shared/components/text-field';
import { titleCase } from '@/shared/format/words';

interface UnlistProps {
  product: Schema<'Product'>;
  onDone: () => Promise<void>;
}

/** Unlists the product after confirmation. */
export function UnlistButton({ product, onDone }: UnlistProps) {
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  return (
    <>
      <Button variant="danger" className="self-start" onClick={() => setIsAsking(true)}>
        Unlist product
      </Button>
      <Modal title={`Unlist ${titleCase(product.name)}?`} isOpen={isAsking} onClose={close}>
        <UnlistForm product={product} onDone={onDone} onClose={close} />
      </Modal>
    </>
  );
}

function UnlistForm({ product, onDone, onClose }: UnlistProps & { onClose: () => void }) {
  const form = useCommandForm({
    read: (fields) => fields('reason').trim(),
    send: (reason, key) => withdrawProduct(product.sku, reason, key),
    onSuccess: () => {
      onClose();
      return onDone();
    },
  });
  return (
    <CommandForm
      form={form}
      className="gap-4"
      actions={
        <DialogActions keep="Keep product" action="Unlist product" busy={form.isPending} onKeep={onClose} />
      }
    >
      <p>
        Customers won't find or order it any more, until you list it again. Orders already placed aren't
        affected.
      </p>
      <TextField label="Reason" name="reason" maxLength={1000} />
    </CommandForm>
  );
}
