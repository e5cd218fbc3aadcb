import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';

import type { Option } from '@/shared/components/select-field';

interface SegmentsProps<Value extends string> {
  label: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** Segmented control: selects one of a few options. */
export function Segments<Value extends string>({ label, options, value, onChange }: SegmentsProps<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        const [chosen] = next;
        if (chosen !== undefined) onChange(chosen);
      }}
      className="flex w-fit max-w-full gap-1 overflow-x-auto rounded-md border border-line bg-sheet p-1"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="min-h-8 shrink-0 rounded-sm px-3 text-sm font-medium text-ink-soft hover:bg-well focus-visible:-outline-offset-2 data-pressed:bg-ink data-pressed:text-sheet"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
