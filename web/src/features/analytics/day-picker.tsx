import { type SubmitEvent, useState } from 'react';

import {
  checkPeriod,
  type Days,
  daysSince,
  FIRST_DAY,
  lastDays,
  type PeriodErrors,
} from '@/features/analytics/period';
import type { AnalyticsSearch } from '@/features/analytics/search';
import { Button } from '@/shared/components/button';
import { Segments } from '@/shared/components/segments';
import { TextField } from '@/shared/components/text-field';
import { addDays, utcDay } from '@/shared/format/time';

type Period = Pick<AnalyticsSearch, 'from' | 'to'>;

interface DayPickerProps {
  search: Period;
  /** Period that is shown; undefined while it is not known. */
  days: Days | undefined;
  /** Day of the first sale; undefined without sales. */
  firstDay: string | undefined;
  onChange: (period: Period) => void;
}

/** Periods to choose by one click, by name. */
function presetsFor(firstDay: string | undefined): { value: string; label: string; period: Period }[] {
  const presets: { value: string; label: string; period: Period }[] = [
    { value: 'latest', label: 'Latest', period: {} },
    { value: '7', label: '7 days', period: lastDays(7) },
    { value: '30', label: '30 days', period: lastDays(30) },
    { value: '365', label: '1 year', period: lastDays(365) },
  ];
  if (firstDay !== undefined) presets.push({ value: 'all', label: 'All', period: daysSince(firstDay) });
  return presets;
}

function fieldsFor(days: Days | undefined): { first: string; last: string } {
  return days === undefined ? { first: '', last: '' } : { first: days.from, last: addDays(days.to, -1) };
}

function errorsOf(days: Days | undefined): PeriodErrors {
  const { first, last } = fieldsFor(days);
  return days === undefined ? {} : checkPeriod(first, last);
}

/** Selects the period. The form shows the last day; the API takes the day after it. */
export function DayPicker({ search, days, firstDay, onChange }: DayPickerProps) {
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
  const presets = presetsFor(firstDay);
  const selected = presets.find(({ period }) => period.from === search.from && period.to === search.to);
  const limits = { min: FIRST_DAY, max: utcDay(new Date()), type: 'date', required: true } as const;
  return (
    <div className="mb-6 flex flex-wrap items-end justify-between gap-4">
      <Segments
        label="Period"
        options={presets}
        value={selected?.value ?? 'custom'}
        onChange={(value) => onChange(presets.find((preset) => preset.value === value)?.period ?? {})}
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
