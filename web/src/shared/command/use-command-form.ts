import { type SubmitEvent, useRef, useState } from 'react';

import { asProblem, fieldOf } from '@/shared/api/problem';
import { type CommandOptions, useCommand } from '@/shared/command/use-command';
import { FieldError, type Fields, fieldsOf, submittedFields } from '@/shared/form';

interface FormOptions<Input, Output> extends CommandOptions<Input, Output> {
  /** Converts the fields to the input of the command; throws a `FieldError` if that is not possible. */
  read: (fields: Fields) => Input;
}

/** State of a form that sends a command. Pass it to `CommandForm`. */
export interface CommandFormState {
  submit: (event: SubmitEvent<HTMLFormElement>) => void;
  isPending: boolean;
  /** Why the form was not accepted; null after a success and before the first attempt. */
  error: Error | null;
  fieldErrors: Partial<Record<string, string>>;
  /** Names of the fields of the submitted form. */
  fieldNames: readonly string[];
}

/**
 * A form that sends a command: it clears after success, keeps its values otherwise, and shows each error at its field.
 * The idempotency key is that of `useCommand`.
 */
export function useCommandForm<Input, Output>({
  read,
  send,
  onSuccess,
}: FormOptions<Input, Output>): CommandFormState {
  const element = useRef<HTMLFormElement>(null);
  const [fieldNames, setFieldNames] = useState<readonly string[]>([]);
  const [unreadable, setUnreadable] = useState<FieldError | null>(null);
  const command = useCommand<Input, Output>({
    send,
    onSuccess: async (output, input) => {
      await onSuccess?.(output, input);
      // Keeps a form that was edited while the command was on its way.
      const form = element.current;
      if (form?.isConnected === true && contains(form, read, input)) form.reset();
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const fields = submittedFields(event);
    element.current = event.currentTarget;
    setFieldNames([...new FormData(event.currentTarget).keys()]);
    if (command.isPending) return;
    try {
      command.run(read(fields));
      setUnreadable(null);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      command.reset();
      setUnreadable(error);
    }
  };
  const wrong = unreadable ?? (command.error instanceof FieldError ? command.error : null);
  return {
    submit,
    isPending: command.isPending,
    error: unreadable ?? command.error,
    fieldNames,
    fieldErrors: wrong === null ? serverErrors(command.error) : { [wrong.field]: wrong.message },
  };
}

function contains<Input>(form: HTMLFormElement, read: (fields: Fields) => Input, input: Input): boolean {
  try {
    return JSON.stringify(read(fieldsOf(form))) === JSON.stringify(input);
  } catch {
    return false;
  }
}

/** Messages of the server by field. */
function serverErrors(error: Error | null): Partial<Record<string, string>> {
  if (error === null) return {};
  const { errors } = asProblem(error);
  return Object.fromEntries(errors.map(({ pointer, detail }) => [fieldOf(pointer), detail]));
}
