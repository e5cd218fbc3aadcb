import { type SubmitEvent, useState } from 'react';

import {
  checkPeriod,
  type Days,
  FIRST_DAY,
  lastDays,
  type PeriodErrors,
  PERIOD_DAYS_MAX,
} from '@/features/analytics/period';
import type { AnalyticsSearch } from '@/features/analytics/search';
import { Button } from '@/shared/components/button';
import { Segments } from '@/shared/components/segments';
import { TextField } from '@/shared/components/text-field';
import { addDays, utcDay } from '@/shared/format/time';

interface DayPickerProps {
  search: AnalyticsSearch;
  /** Period that is shown; undefined while it is not known. */
  days: Days | undefined;
  onChange: (search: AnalyticsSearch) => void;
}

const LATEST = { value: 'latest', label: 'Latest' } as const;
const LENGTHS = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '365', label: '1 year' },
  { value: String(PERIOD_DAYS_MAX), label: '5 years' },
] as const;

/** Preset that selects the same period. */
function presetOf({ from, to }: AnalyticsSearch): string {
  if (from === undefined && to === undefined) return LATEST.value;
  const preset = LENGTHS.find(({ value }) => {
    const days = lastDays(Number(value));
    return days.from === from && days.to === to;
  });
  return preset?.value ?? 'custom';
}

function fieldsFor(days: Days | undefined): { first: string; last: string } {
  return days === undefined ? { first: '', last: '' } : { first: days.from, last: addDays(days.to, -1) };
}

function errorsOf(days: Days | undefined): PeriodErrors {
  const { first, last } = fieldsFor(days);
  return days === undefined ? {} : checkPeriod(first, last);
}

/** Selects the period. The form shows the last day; the API takes the day after it. */
export function DayPicker({ search, days, onChange }: DayPickerProps) {
  const [fields, setFields] = useState(() => fieldsFor(days));
  const [errors, setErrors] = useState(() => errorsOf(days));
  const [shown, setShown] = useState(days);
  // Shows a new period without a new form, which would lose the focus.
  if (shown?.from !== days?.from || shown?.to !== days?.to) {
    setShown(days);
    setFields(fieldsFor(days));
    setErrors(errorsOf(days));
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { first, last } = fields;
    const next = checkPeriod(first, last);
    setErrors(next);
    if (next.first !== undefined || next.last !== undefined) return;
    onChange({ from: first, to: addDays(last, 1) });
  };
  const limits = { min: FIRST_DAY, max: utcDay(new Date()), type: 'date', required: true } as const;
  return (
    <div className="mb-6 flex flex-wrap items-end justify-between gap-4">
      <Segments
        label="Period"
        options={[LATEST, ...LENGTHS]}
        value={presetOf(search)}
        onChange={(value) => onChange(value === LATEST.value ? {} : lastDays(Number(value)))}
      />
      <form
        noValidate
        onSubmit={submit}
        className="grid w-full grid-cols-2 items-start gap-2 sm:flex sm:w-auto"
      >
        <TextField
          {...limits}
          label="First day"
          name="first"
          value={fields.first}
          onValueChange={(first) => setFields({ ...fields, first })}
          error={errors.first}
          className="sm:w-40"
        />
        <TextField
          {...limits}
          label="Last day"
          name="last"
          value={fields.last}
          onValueChange={(last) => setFields({ ...fields, last })}
          error={errors.last}
          className="sm:w-40"
        />
        <Button type="submit" variant="secondary" className="max-sm:col-span-2 sm:mt-7">
          Apply
        </Button>
      </form>
    </div>
  );
}
