import type { ReactNode } from 'react';

import { useCommandForm } from '@/shared/command/use-command-form';
import { CommandForm } from '@/shared/components/command-form';
import { DialogActions } from '@/shared/components/dialog-actions';
import { TextField } from '@/shared/components/text-field';
import { FieldError, type Fields } from '@/shared/form';

/** Longest reason, in characters. */
const REASON_LENGTH_MAX = 1000;

interface VerbInput {
  reason?: string;
  throttle?: number;
  workers?: number;
}

interface VerbFormProps<Output> {
  text: string;
  action: string;
  keep: string;
  variant: 'danger' | 'primary';
  field?: 'throttle' | 'reason';
  hint?: string;
  /** Whether the number of replays that are built at once can be limited. */
  hasWorkers?: boolean;
  children?: ReactNode;
  send: (input: VerbInput) => Promise<Output>;
  onDone: (output: Output) => void;
  onClose: () => void;
}

/** Form that confirms a request, with a speed limit or a reason where that is needed. */
export function VerbForm<Output>({
  text,
  action,
  keep,
  variant,
  field,
  hint,
  hasWorkers = false,
  children,
  send,
  onDone,
  onClose,
}: VerbFormProps<Output>) {
  const form = useCommandForm({ read: readInput, send, onSuccess: onDone });
  return (
    <CommandForm
      form={form}
      className="gap-4"
      actions={
        <DialogActions keep={keep} action={action} variant={variant} busy={form.isPending} onKeep={onClose} />
      }
    >
      <p>{text}</p>
      {children}
      {field === 'throttle' && (
        <TextField
          label="Events per second at most"
          name="throttle"
          inputMode="numeric"
          {...(hint !== undefined && { hint })}
        />
      )}
      {hasWorkers && (
        <TextField
          label="Replays built at once at most"
          name="workers"
          inputMode="numeric"
          hint="Leave empty to build all that can share a pass over the log."
        />
      )}
      {field === 'reason' && (
        <TextField label="Reason" name="reason" required maxLength={REASON_LENGTH_MAX} rows={2} />
      )}
    </CommandForm>
  );
}

function readInput(fields: Fields): VerbInput {
  const input: VerbInput = {};
  const reason = fields('reason').trim();
  if (reason !== '') input.reason = reason;
  for (const name of ['throttle', 'workers'] as const) {
    const written = fields(name).trim();
    if (written === '') continue;
    const value = Number(written);
    if (!Number.isInteger(value) || value < 1)
      throw new FieldError(name, 'Enter a whole number of at least 1');
    input[name] = value;
  }
  return input;
}
