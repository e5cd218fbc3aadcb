import { Link } from '@tanstack/react-router';

import { formMessage, type Problem } from '@/shared/api/problem';
import type { CartLine } from '@/shared/cart/cart';
import { Notice } from '@/shared/components/states';

/** Explains why the order was not placed, with the affected products. */
export function OrderError({ problem, lines }: { problem: Problem; lines: CartLine[] }) {
  const atLines = problem.errors.flatMap((each) => {
    const index = /^\/lines\/(\d+)/.exec(each.pointer)?.[1];
    const line = index === undefined ? undefined : lines[Number(index)];
    return line === undefined ? [] : [{ name: line.name, detail: each.detail }];
  });
  return (
    <Notice tone="bad">
      <p className="font-semibold">{problem.title}</p>
      <p>{atLines.length > 0 ? problem.detail : formMessage(problem)}</p>
      {atLines.map((each) => (
        <p key={each.name}>
          {each.name}: {each.detail}
        </p>
      ))}
      {atLines.length > 0 && (
        <Link to="/cart" className="font-semibold underline">
          Edit cart
        </Link>
      )}
      {problem.trace_id !== undefined && (
        <p className="text-sm break-all figures">Trace ID: {problem.trace_id}</p>
      )}
    </Notice>
  );
}
