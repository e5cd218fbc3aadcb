import { Checkbox } from '@base-ui/react/checkbox';

import { Icon } from '@/shared/components/icon';

interface CheckboxFieldProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function CheckboxField({ label, checked, onChange }: CheckboxFieldProps) {
  return (
    <label className="inline-flex min-h-8 cursor-pointer items-center gap-2">
      <Checkbox.Root
        checked={checked}
        onCheckedChange={onChange}
        className="inline-flex size-6 items-center justify-center rounded-sm border-[1.5px] border-line-strong bg-sheet data-checked:border-signal data-checked:bg-signal data-checked:text-on-signal"
      >
        <Checkbox.Indicator>
          <Icon name="check" className="size-4" />
        </Checkbox.Indicator>
      </Checkbox.Root>
      {label}
    </label>
  );
}
