import type { RowDifference } from '@/features/replay/requests';

/** What the values of both sides are called, and what a row of one side alone means. */
export interface DifferenceWords {
  live: string;
  replay: string;
  missing: string;
  added: string;
}

interface RowDifferencesProps {
  table: string;
  rows: readonly RowDifference[];
  words: DifferenceWords;
}

const cell = 'px-3 py-1.5 align-top break-words';

/** Rows of a table that differ, with the columns and both values. */
export function RowDifferences({ table, rows, words }: RowDifferencesProps) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={`Differing rows of ${table}`}>
      <table className="w-full min-w-lg text-left text-sm figures">
        <caption className="sr-only">Rows of {table} that differ</caption>
        <thead className="text-ink-soft">
          <tr>
            {['Key', 'Column', words.live, words.replay].map((title) => (
              <th key={title} scope="col" className={`${cell} font-medium`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{rows.flatMap((row) => rowCells(row, words))}</tbody>
      </table>
    </div>
  );
}

function rowCells(row: RowDifference, words: DifferenceWords) {
  if (row.values.length === 0) {
    const text =
      row.difference === 'changed' ? row.columns.join(', ') : words[row.difference as 'missing' | 'added'];
    return [
      <tr key={row.key}>
        <th scope="row" className={`${cell} font-normal`}>
          {row.key}
        </th>
        <td colSpan={3} className={cell}>
          {text}
        </td>
      </tr>,
    ];
  }
  return row.values.map(({ column, live, replay }) => (
    <tr key={`${row.key} ${column}`}>
      <th scope="row" className={`${cell} font-normal`}>
        {row.key}
      </th>
      <td className={cell}>{column}</td>
      <td className={cell}>{live ?? <None />}</td>
      <td className={cell}>{replay ?? <None />}</td>
    </tr>
  ));
}

function None() {
  return <span className="text-ink-soft">none</span>;
}
