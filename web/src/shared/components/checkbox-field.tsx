import { Icon } from '@/shared/components/icon';

interface CheckboxFieldProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function CheckboxField({ label, checked, onChange }: CheckboxFieldProps) {
  return (
    <label className="inline-flex min-h-8 cursor-pointer items-center gap-2">
      <span className="relative inline-flex size-6">
        <input
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          className="peer size-6 cursor-pointer appearance-none rounded-sm border-[1.5px] border-line-strong bg-sheet checked:border-signal checked:bg-signal"
        />
        <Icon
          name="check"
          className="pointer-events-none absolute inset-1 size-4 text-on-signal not-peer-checked:hidden"
        />
      </span>
      {label}
    </label>
  );
}
