import { EditorForm } from '@/features/seller/editor-form';
import { adjustStock } from '@/features/seller/requests';
import type { Schema } from '@/shared/api/client';
import { useCommandForm } from '@/shared/command/use-command-form';
import { NativeSelect } from '@/shared/components/native-select';
import { TextField } from '@/shared/components/text-field';
import { FieldError } from '@/shared/form';

const ADJUSTMENT_CAUSES: { value: Schema<'AdjustmentCause'>; label: string }[] = [
  { value: 'counted', label: 'Counted' },
  { value: 'damaged', label: 'Damaged' },
  { value: 'lost', label: 'Lost' },
  { value: 'found', label: 'Found' },
  { value: 'other', label: 'Other' },
];

export function AdjustForm({ sku, onDone }: { sku: string; onDone: () => Promise<void> }) {
  const form = useCommandForm({
    read: (fields) => {
      const delta = Number(fields('delta'));
      if (delta === 0) throw new FieldError('delta', 'Enter a number other than 0');
      const reason = fields('reason').trim();
      const cause = fields('cause') as Schema<'AdjustmentCause'>;
      if (cause === 'other' && reason === '') throw new FieldError('reason', 'Say what the reason is');
      return { delta, cause, reason };
    },
    send: (adjustment, key) => adjustStock(sku, adjustment, key),
    onSuccess: onDone,
  });
  return (
    <EditorForm title="Adjust stock" action="Adjust" form={form}>
      <TextField
        label="Change"
        name="delta"
        hint="Such as 5 to add, -2 to remove"
        type="number"
        min={-1_000_000}
        max={1_000_000}
        required
      />
      <NativeSelect label="Cause" name="cause" options={ADJUSTMENT_CAUSES} />
      <TextField label="Reason" name="reason" placeholder="Two were broken" maxLength={1000} />
    </EditorForm>
  );
}
