import { useEffect, useRef } from 'react';

import { asProblem, fieldOf, formMessage } from '@/shared/api/problem';
import { Notice } from '@/shared/components/states';
import { FieldError } from '@/shared/form';

interface FormProblemProps {
  error: Error | null;
  /** Names of the fields that show their own errors. */
  fieldNames?: readonly string[];
}

/** Why a form was not accepted. The focus moves to the first marked field, or to this message. */
export function FormProblem({ error, fieldNames = [] }: FormProblemProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error === null) return;
    const field = box.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (field ?? box.current)?.focus();
  }, [error]);
  // The field shows the message.
  if (error === null || error instanceof FieldError) return <div ref={box} hidden />;
  const problem = asProblem(error);
  const marked = problem.errors.filter(({ pointer }) => fieldNames.includes(fieldOf(pointer)));
  const unmarked = problem.errors.filter((each) => !marked.includes(each));
  return (
    <div ref={box} tabIndex={-1} className="rounded-md outline-offset-2">
      <Notice tone="bad">
        {marked.length === problem.errors.length && <p>{formMessage({ ...problem, errors: marked })}</p>}
        {unmarked.map(({ pointer, detail }) => (
          <p key={pointer}>{detail}</p>
        ))}
        {problem.trace_id !== undefined && problem.status >= 500 && (
          <p className="text-sm break-all figures">Trace ID: {problem.trace_id}</p>
        )}
      </Notice>
    </div>
  );
}
