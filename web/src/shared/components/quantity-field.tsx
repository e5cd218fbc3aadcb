import { NumberField } from '@base-ui/react/number-field';

import { Icon } from '@/shared/components/icon';

interface QuantityFieldProps {
  label: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
}

const step =
  'inline-flex size-10 items-center justify-center hover:bg-well disabled:text-ink-soft disabled:opacity-50 disabled:cursor-not-allowed focus-visible:-outline-offset-2';

/** Quantity input from 1 to `max`. */
export function QuantityField({ label, value, max, onChange }: QuantityFieldProps) {
  return (
    <NumberField.Root
      value={value}
      min={1}
      max={Math.max(1, max)}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <NumberField.Group className="inline-flex items-stretch overflow-hidden rounded-md border border-line-strong bg-sheet">
        <NumberField.Decrement aria-label={`Decrease ${label.toLowerCase()}`} className={step}>
          <Icon name="minus" className="size-4" />
        </NumberField.Decrement>
        <NumberField.Input
          aria-label={label}
          className="w-11 border-x border-line bg-transparent text-center font-semibold figures focus-visible:-outline-offset-2"
        />
        <NumberField.Increment aria-label={`Increase ${label.toLowerCase()}`} className={step}>
          <Icon name="plus" className="size-4" />
        </NumberField.Increment>
      </NumberField.Group>
    </NumberField.Root>
  );
}
