import type { ReactNode } from 'react';

import { cn } from '@/shared/cn';
import { FieldErrors } from '@/shared/command/field-errors';
import type { CommandFormState } from '@/shared/command/use-command-form';
import { FormProblem } from '@/shared/components/form-problem';

interface CommandFormProps {
  form: CommandFormState;
  /** Fields. Each shows the error with its name. */
  children: ReactNode;
  /** Buttons, below the error. */
  actions: ReactNode;
  className?: string;
}

/** Form that sends a command; see `useCommandForm`. */
export function CommandForm({ form, children, actions, className }: CommandFormProps) {
  return (
    <form onSubmit={form.submit} className={cn('flex flex-col gap-3', className)}>
      <FieldErrors value={form.fieldErrors}>{children}</FieldErrors>
      <FormProblem error={form.error} fieldNames={form.fieldNames} />
      {actions}
    </form>
  );
}
