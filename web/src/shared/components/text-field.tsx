import { Field } from '@base-ui/react/field';
import { type ComponentProps, useContext } from 'react';

import { cn } from '@/shared/cn';
import { FieldErrors } from '@/shared/command/field-errors';
import { inputClass } from '@/shared/components/input-class';

interface TextFieldProps extends Omit<ComponentProps<typeof Field.Control>, 'className' | 'render'> {
  label: string;
  hint?: string;
  /** Validation message; empty if the value is valid. Without it, that of the surrounding form. */
  error?: string | undefined;
  isLabelHidden?: boolean;
  /** Whether the label of a field that may stay empty says so. False in search forms, where that is plain. */
  marksOptional?: boolean;
  /** Number of lines of a text of several lines. */
  rows?: number;
  className?: string;
}

export function TextField({
  label,
  hint,
  error,
  isLabelHidden = false,
  marksOptional = true,
  rows,
  className,
  ...input
}: TextFieldProps) {
  const formErrors = useContext(FieldErrors);
  const message = error ?? (input.name === undefined ? undefined : formErrors[input.name]);
  const isInvalid = message !== undefined && message !== '';
  return (
    <Field.Root className={cn('flex flex-col gap-1', className)} invalid={isInvalid}>
      <Field.Label className={cn('font-medium', isLabelHidden && 'sr-only')}>
        {label}
        {input.required !== true && marksOptional && !isLabelHidden && (
          <span className="font-normal text-ink-soft"> (optional)</span>
        )}
      </Field.Label>
      <Field.Control
        {...input}
        {...(rows !== undefined && { render: <textarea rows={rows} /> })}
        className={cn(inputClass, rows !== undefined && 'py-2')}
      />
      {hint !== undefined && <Field.Description className="text-sm text-ink-soft">{hint}</Field.Description>}
      <Field.Error match={isInvalid} className="text-sm font-medium text-red">
        {message}
      </Field.Error>
    </Field.Root>
  );
}
