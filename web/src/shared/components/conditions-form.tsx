import { asProblem } from '@/shared/api/problem';
import { cn } from '@/shared/cn';
import { Button } from '@/shared/components/button';
import { TextField } from '@/shared/components/text-field';
import { submittedFields } from '@/shared/form';

interface Condition<Name extends string> {
  name: Name;
  label: string;
  hint: string;
}

interface ConditionsFormProps<Name extends string> {
  /** What is searched. */
  label: string;
  fields: readonly Condition<Name>[];
  conditions: Partial<Record<Name, string | undefined>>;
  /** The columns of a wide window, as a class. */
  columns: string;
  /** Why the last search failed. */
  error: Error | null;
  onChange: (conditions: Partial<Record<Name, string | undefined>>) => void;
}

/** Form with the conditions of a list. */
export function ConditionsForm<Name extends string>({
  label,
  fields,
  conditions,
  columns,
  error,
  onChange,
}: ConditionsFormProps<Name>) {
  const wrong = new Map(
    error === null ? [] : asProblem(error).errors.map((each) => [each.pointer, each.detail]),
  );
  const isEmpty = fields.every(({ name }) => conditions[name] === undefined);
  return (
    <form
      role="search"
      aria-label={label}
      // New conditions, such as those of a link, fill the form again.
      key={JSON.stringify(conditions)}
      className={cn('mb-4 grid grid-cols-2 items-start gap-3', columns)}
      onSubmit={(event) => {
        const field = submittedFields(event);
        const entered = fields.map(({ name }) => [name, field(name).trim() || undefined]);
        onChange(Object.fromEntries(entered) as typeof conditions);
      }}
    >
      {fields.map(({ name, label: fieldLabel, hint }) => (
        <TextField
          key={name}
          label={fieldLabel}
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
