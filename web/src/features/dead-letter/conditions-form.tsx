import { CONDITIONS, type DeadLetterConditions } from '@/features/dead-letter/search';
import { asProblem } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { TextField } from '@/shared/components/text-field';
import { submittedFields } from '@/shared/form';

interface ConditionsFormProps {
  conditions: DeadLetterConditions;
  /** Why the last search failed. */
  error: Error | null;
  onChange: (conditions: DeadLetterConditions) => void;
}

/** Form with the conditions of the list. */
export function ConditionsForm({ conditions, error, onChange }: ConditionsFormProps) {
  const wrong = new Map(
    error === null ? [] : asProblem(error).errors.map((each) => [each.pointer, each.detail]),
  );
  const isEmpty = CONDITIONS.every(({ name }) => conditions[name] === undefined);
  return (
    <form
      role="search"
      aria-label="Dead letters"
      key={JSON.stringify(conditions)}
      className="mb-4 grid grid-cols-2 items-start gap-3 lg:grid-cols-[repeat(5,1fr)_auto]"
      onSubmit={(event) => {
        const field = submittedFields(event);
        const entered = CONDITIONS.map(({ name }) => [name, field(name).trim() || undefined]);
        onChange(Object.fromEntries(entered) as DeadLetterConditions);
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
