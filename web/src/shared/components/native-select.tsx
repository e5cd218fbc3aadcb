import { Field } from '@base-ui/react/field';
import type { ComponentProps } from 'react';

import { cn } from '@/shared/cn';

interface NativeSelectProps extends Omit<ComponentProps<'select'>, 'className'> {
  label: string;
  options: readonly string[];
  /** Validation message; empty if the value is valid. */
  error?: string | undefined;
  className?: string;
}

/** Long list of names: the browser's own select, which phones, autofill and typing ahead know best. */
export function NativeSelect({ label, options, error, className, ...select }: NativeSelectProps) {
  const isInvalid = error !== undefined && error !== '';
  return (
    <Field.Root className={cn('flex flex-col gap-1', className)} invalid={isInvalid}>
      <Field.Label className="font-medium">{label}</Field.Label>
      <Field.Control
        render={
          <select {...select}>
            {options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        }
        className="min-h-10 w-full rounded-md border border-line-strong bg-sheet px-3 text-ink hover:border-ink aria-invalid:border-2 aria-invalid:border-red"
      />
      <Field.Error match={isInvalid} className="text-sm font-medium text-red">
        {error}
      </Field.Error>
    </Field.Root>
  );
}
