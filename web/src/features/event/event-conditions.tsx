import { CONDITIONS, type EventConditions } from '@/features/event/search';
import { asProblem } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { TextField } from '@/shared/components/text-field';
import { submittedFields } from '@/shared/form';

interface ConditionsFormProps {
  conditions: EventConditions;
  /** Why the last search failed. */
  error: Error | null;
  onChange: (conditions: EventConditions) => void;
}

/** Form with the conditions of the search. */
export function ConditionsForm({ conditions, error, onChange }: ConditionsFormProps) {
  const wrong = new Map(
    error === null ? [] : asProblem(error).errors.map((each) => [each.pointer, each.detail]),
  );
  const isEmpty = CONDITIONS.every(({ name }) => conditions[name] === undefined);
  return (
    <form
      role="search"
      aria-label="Events"
      // New conditions, such as those of a link in an event, fill the form again.
      key={JSON.stringify(conditions)}
      className="mb-4 grid grid-cols-2 items-start gap-3 lg:grid-cols-[1fr_1fr_1fr_1fr_auto]"
      onSubmit={(event) => {
        const field = submittedFields(event);
        const entered = CONDITIONS.map(({ name }) => [name, field(name).trim() || undefined]);
        onChange(Object.fromEntries(entered) as EventConditions);
      }}
    >
      {CONDITIONS.map(({ name, label, hint }) => (
        <TextField
          key={name}
          label={label}
          name={name}
          marksOptional={false}
          placeholder={hint}
          maxLength={200}
          defaultValue={conditions[name] ?? ''}
          error={wrong.get(`?${name}`) ?? ''}
        />
      ))}
      <div className="col-span-2 flex gap-2 lg:col-span-1 lg:pt-7">
        <Button type="submit" variant="secondary">
          Search
        </Button>
        {!isEmpty && (
          <Button variant="quiet" onClick={() => onChange({})}>
            Clear
          </Button>
        )}
      </div>
    </form>
  );
}
