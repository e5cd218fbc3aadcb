import { Select } from '@base-ui/react/select';

import { cn } from '@/shared/cn';
import { Icon } from '@/shared/components/icon';

export interface Option<Value extends string> {
  value: Value;
  label: string;
}

interface SelectFieldProps<Value extends string> {
  label: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  isLabelHidden?: boolean;
  className?: string;
}

export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, options, value, onChange, isLabelHidden = false, className } = props;
  return (
    <Select.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <div className={cn('flex flex-col gap-1', className)}>
        <Select.Label className={cn('font-medium', isLabelHidden && 'sr-only')}>{label}</Select.Label>
        <Select.Trigger className="flex min-h-10 items-center justify-between gap-2 rounded-md border border-line-strong bg-sheet px-3 text-left hover:border-ink">
          <Select.Value className="truncate" />
          <Icon name="chevronDown" className="size-4" />
        </Select.Trigger>
      </div>
      <Select.Portal>
        <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Select.Popup className="max-h-80 min-w-(--anchor-width) overflow-y-auto rounded-md border border-line-strong bg-sheet py-1 shadow-float">
            {options.map((option) => (
              <Select.Item
                key={option.value}
                value={option.value}
                className="flex min-h-9 cursor-default items-center gap-2 pr-4 pl-2 data-highlighted:bg-well"
              >
                <span className="w-5">
                  <Select.ItemIndicator>
                    <Icon name="check" className="size-4" />
                  </Select.ItemIndicator>
                </span>
                <Select.ItemText>{option.label}</Select.ItemText>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
