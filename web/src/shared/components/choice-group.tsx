import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';

export interface Choice<Value extends string> {
  value: Value;
  title: string;
  detail: string;
}

interface ChoiceGroupProps<Value extends string> {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** Radio group with a description per option. */
export function ChoiceGroup<Value extends string>({
  label,
  choices,
  value,
  onChange,
}: ChoiceGroupProps<Value>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next)}
      className="flex flex-col gap-2"
    >
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="flex cursor-pointer items-start gap-3 rounded-md border border-line-strong bg-sheet p-3 hover:border-ink has-data-checked:border-2 has-data-checked:border-signal has-data-checked:p-[11px]"
        >
          <Radio.Root
            value={choice.value}
            className="mt-px inline-flex size-6 shrink-0 items-center justify-center rounded-full border-[1.5px] border-line-strong bg-sheet data-checked:border-signal"
          >
            <Radio.Indicator className="size-3 rounded-full bg-signal" />
          </Radio.Root>
          <span>
            <span className="block font-medium">{choice.title}</span>
            <span className="block text-sm text-ink-soft">{choice.detail}</span>
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
