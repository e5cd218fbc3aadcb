import type { KeyReport } from '@/features/replay/requests';
import { type DifferenceWords, RowDifferences } from '@/features/replay/row-differences';
import { formatCount } from '@/shared/format/number';
import { counted } from '@/shared/format/words';

const REBUILT: DifferenceWords = {
  live: 'Before',
  replay: 'After',
  missing: 'The rebuild removed this row',
  added: 'The rebuild added this row',
};

/** What the rebuild of a key has changed. Announced to screen readers. */
export function KeyResult({ report }: { report: KeyReport | null }) {
  const changed = report?.tables.filter(({ rows }) => rows.length > 0) ?? [];
  return (
    <>
      <p role="status" className="wrap-anywhere empty:hidden">
        {report !== null && sentence(report)}
      </p>
      {changed.map(({ table, rows }) => (
        <section key={table} className="rounded-md border border-line">
          <h3 className="border-b border-line px-3 py-1.5 text-sm font-semibold figures">{table}</h3>
          <RowDifferences table={table} rows={rows} words={REBUILT} />
        </section>
      ))}
    </>
  );
}

function sentence({ projection, key, events, position, tables }: KeyReport): string {
  const count = tables.reduce((sum, { rows }) => sum + rows.length, 0);
  const result =
    count === 0
      ? 'its rows were right already; nothing has changed.'
      : `${counted(count, 'row has', 'rows have')} changed.`;
  return `${projection}: ${key} rebuilt from ${counted(events, 'event')} at position ${formatCount(position)}; ${result}`;
}
