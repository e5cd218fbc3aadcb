import { Link } from '@tanstack/react-router';

import { formMessage, type Problem } from '@/shared/api/problem';
import { type CartLine, changeLine } from '@/shared/cart/cart';
import { Notice } from '@/shared/components/states';
import { formatMoney } from '@/shared/format/money';
import { titleCase } from '@/shared/format/words';

interface OrderErrorProps {
  problem: Problem;
  lines: CartLine[];
  /** The customer accepts changed prices, which are in the cart now. */
  onAccept: () => void;
}

/** Explains why the order was not placed, with the affected products. */
export function OrderError({ problem, lines, onAccept }: OrderErrorProps) {
  const atLines = problem.errors.flatMap((each) => {
    const index = /^\/lines\/(\d+)/.exec(each.pointer)?.[1];
    const line = index === undefined ? undefined : lines[Number(index)];
    return line === undefined ? [] : [{ name: line.name, detail: each.detail }];
  });
  const prices = problem.price_changes ?? [];
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
      {prices.map(({ sku, expected, price }) => (
        <p key={sku}>
          {titleCase(lines.find((line) => line.sku === sku)?.name ?? sku)}: {formatMoney(expected)} →{' '}
          {formatMoney(price)}
        </p>
      ))}
      {prices.length > 0 && (
        <button
          type="button"
          className="font-semibold underline"
          onClick={() => {
            for (const { sku, price } of prices) changeLine(sku, { price });
            onAccept();
          }}
        >
          Accept new {prices.length === 1 ? 'price' : 'prices'}
        </button>
      )}
      {problem.trace_id !== undefined && (
        <p className="text-sm break-all figures">Trace ID: {problem.trace_id}</p>
      )}
    </Notice>
  );
}
