import { useEffect, useRef } from 'react';

import { asProblem, formMessage } from '@/shared/api/problem';
import { Notice } from '@/shared/components/states';
import { FieldError } from '@/shared/form';

/** Why a form was not accepted. The focus moves to the first marked field, or to this message. */
export function FormProblem({ error }: { error: Error | null }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error === null) return;
    const field = box.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (field ?? box.current)?.focus();
  }, [error]);
  // The field shows the message.
  if (error === null || error instanceof FieldError) return <div ref={box} hidden />;
  const problem = asProblem(error);
  return (
    <div ref={box} tabIndex={-1} className="rounded-md outline-offset-2">
      <Notice tone="bad">
        <p>{formMessage(problem)}</p>
        {problem.trace_id !== undefined && problem.status >= 500 && (
          <p className="text-sm break-all figures">Trace ID: {problem.trace_id}</p>
        )}
      </Notice>
    </div>
  );
}
