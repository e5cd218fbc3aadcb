import { type ComponentProps, useContext, useId } from 'react';

import { cn } from '@/shared/cn';
import { FieldErrors } from '@/shared/command/field-errors';
import { Icon } from '@/shared/components/icon';
import { inputClass } from '@/shared/components/input-class';

interface NativeSelectProps extends Omit<ComponentProps<'select'>, 'className' | 'children'> {
  label: string;
  options: readonly { value: string; label: string }[];
  isLabelHidden?: boolean;
  /** Validation message; empty if the value is valid. Without it, that of the surrounding form. */
  error?: string | undefined;
  className?: string;
}

/**
 * The browser's own select: for long lists, which phones, autofill and typing ahead know best, and for the first page,
 * because it needs no script.
 */
export function NativeSelect(props: NativeSelectProps) {
  const { label, options, isLabelHidden = false, error, className, ...select } = props;
  const id = useId();
  const formErrors = useContext(FieldErrors);
  const message = error ?? (select.name === undefined ? undefined : formErrors[select.name]);
  const isInvalid = message !== undefined && message !== '';
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label htmlFor={id} className={cn('font-medium', isLabelHidden && 'sr-only')}>
        {label}
      </label>
      <span className="relative">
        <select
          {...select}
          id={id}
          aria-invalid={isInvalid || undefined}
          aria-describedby={isInvalid ? `${id}-error` : undefined}
          className={cn(inputClass, 'appearance-none pr-9')}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevronDown" className="pointer-events-none absolute top-3 right-3 size-4" />
      </span>
      {isInvalid && (
        <span id={`${id}-error`} className="text-sm font-medium text-red">
          {message}
        </span>
      )}
    </div>
  );
}
