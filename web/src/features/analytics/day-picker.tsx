import type { SubmitEvent } from 'react';

import type { AnalyticsSearch } from '@/features/analytics/search';
import { Button } from '@/shared/components/button';
import { TextField } from '@/shared/components/text-field';
import { submittedFields } from '@/shared/form';
import { addDays, utcDay } from '@/shared/format/time';

interface DayPickerProps {
  search: AnalyticsSearch;
  onChange: (search: AnalyticsSearch) => void;
}

/** Selects the period. The form shows the last day; the API takes the day after it. */
export function DayPicker({ search, onChange }: DayPickerProps) {
  const today = utcDay(new Date());
  const lastDays = (count: number) => onChange({ from: addDays(today, 1 - count), to: addDays(today, 1) });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const field = submittedFields(event);
    const day = (name: string) => (field(name) === '' ? undefined : field(name));
    const last = day('last');
    onChange({ from: day('first'), to: last === undefined ? undefined : addDays(last, 1) });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-center gap-2">
      <Button variant="quiet" size="small" onClick={() => onChange({})}>
        All time
      </Button>
      <Button variant="quiet" size="small" onClick={() => lastDays(7)}>
        7 days
      </Button>
      <Button variant="quiet" size="small" onClick={() => lastDays(30)}>
        30 days
      </Button>
      <TextField
        label="First day"
        isLabelHidden
        name="first"
        type="date"
        defaultValue={search.from}
        className="w-38"
      />
      <TextField
        label="Last day"
        isLabelHidden
        name="last"
        type="date"
        defaultValue={search.to === undefined ? undefined : addDays(search.to, -1)}
        className="w-38"
      />
      <Button type="submit" variant="secondary">
        Apply
      </Button>
    </form>
  );
}
