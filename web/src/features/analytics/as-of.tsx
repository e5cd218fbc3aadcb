import { type SubmitEvent, useState } from 'react';

import { checkMoment, fieldOf, instantOf, isPast, type Moment } from '@/features/analytics/moment';
import type { Schema } from '@/shared/api/client';
import { AsOfBanner } from '@/shared/components/as-of-banner';
import { Button } from '@/shared/components/button';
import { TextField } from '@/shared/components/text-field';

interface AsOfProps {
  moment: Moment;
  onChange: (moment: Moment) => void;
}

/** Selects the moment whose figures are shown: now, or a time of the past. */
export function AsOfField({ moment, onChange }: AsOfProps) {
  const shownAt = moment.at === undefined ? '' : fieldOf(moment.at);
  const [field, setField] = useState(shownAt);
  const [error, setError] = useState<string>();
  const [shown, setShown] = useState(shownAt);
  // Shows a new moment without a new form, which would lose the focus.
  if (shown !== shownAt) {
    setShown(shownAt);
    setField(shownAt);
    setError(undefined);
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (field === '') {
      setError(undefined);
      onChange({});
      return;
    }
    const message = checkMoment(field);
    setError(message);
    const at = instantOf(field);
    if (message === undefined && at !== null) onChange({ at });
  };
  return (
    <form noValidate onSubmit={submit} className="mb-6 flex flex-wrap items-start gap-2">
      <TextField
        label="As of"
        hint="Empty: now. Shows what was recorded by then."
        type="datetime-local"
        step={1}
        name="as-of"
        marksOptional={false}
        value={field}
        onValueChange={setField}
        error={error}
        className="w-64 max-sm:w-full"
      />
      <Button type="submit" variant="secondary" className="max-sm:w-full sm:mt-7">
        Show
      </Button>
    </form>
  );
}

interface PastBannerProps extends AsOfProps {
  /** The moment of the answer; undefined while it is not known. */
  asOf: Schema<'SalesAsOf'> | null | undefined;
}

/** Says that the figures are those of the past, if they are. */
export function PastBanner({ moment, asOf, onChange }: PastBannerProps) {
  if (!isPast(moment)) return null;
  return (
    <AsOfBanner
      recordedAt={asOf?.recorded_at}
      event={`event ${asOf?.position.toLocaleString('en-GB') ?? ''}`}
    >
      <Button variant="secondary" onClick={() => onChange({})}>
        Back to now
      </Button>
    </AsOfBanner>
  );
}
