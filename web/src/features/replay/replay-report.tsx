import { differing, isEqual } from '@/features/replay/phases';
import type { Report } from '@/features/replay/requests';
import { Icon } from '@/shared/components/icon';
import { formatCount } from '@/shared/format/number';
import { counted } from '@/shared/format/words';

type Table = Report['tables'][number];

const cell = 'px-3 py-1.5 align-top break-words';

/** Result of the comparison with the live tables, with the first rows that differ. */
export function ReplayReport({ report }: { report: Report }) {
  if (isEqual(report)) {
    const rows = report.tables.reduce((sum, { live }) => sum + live.row_count, 0);
    return (
      <p className="flex items-center gap-2 text-sm">
        <Icon name="check" className="size-4 text-signal" />
        All {counted(rows, 'row')} are equal to the live ones at position {formatCount(report.position)}.
      </p>
    );
  }
  const named = report.tables.filter(({ rows }) => rows.length > 0);
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-center gap-2 text-sm font-medium text-amber">
        <Icon name="warning" className="size-4" />
        <span>
          {differing(report) === 1 ? '1 row differs' : `${formatCount(differing(report))} rows differ`} from
          the live ones at position {formatCount(report.position)}
          {report.newly_parked > 0 && `; ${counted(report.newly_parked, 'event')} newly parked`}.
          {report.code_changed ? ' The code has changed.' : ' The code is unchanged.'}
        </span>
      </p>
      {named.map((table) => (
        <details key={table.live.table} className="rounded-md border border-line">
          <summary className="min-h-8 cursor-pointer px-3 py-1.5 text-sm">
            <span className="font-semibold figures">{table.live.table}</span>: {summary(table)}
          </summary>
          <Differences table={table} />
        </details>
      ))}
    </div>
  );
}

function summary({ changed, missing, added }: Table): string {
  return `${formatCount(changed)} changed, ${formatCount(missing)} missing, ${formatCount(added)} added`;
}

function Differences({ table }: { table: Table }) {
  const hidden = table.changed + table.missing + table.added - table.rows.length;
  return (
    <div className="overflow-x-auto border-t border-line">
      <table className="w-full min-w-xl text-left text-sm figures">
        <caption className="sr-only">Rows of {table.live.table} that differ</caption>
        <thead className="text-ink-soft">
          <tr>
            {['Key', 'Column', 'Live value', 'New value'].map((title) => (
              <th key={title} scope="col" className={`${cell} font-medium`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{table.rows.flatMap((row) => rowCells(row))}</tbody>
      </table>
      {hidden > 0 && (
        <p className="border-t border-line px-3 py-1.5 text-sm text-ink-soft">
          And {counted(hidden, 'more row', 'more rows')}.
        </p>
      )}
    </div>
  );
}

function rowCells(row: Table['rows'][number]) {
  if (row.values.length === 0) {
    const what = { missing: 'Only the live table has this row', added: 'Only the replay has this row' };
    const text = row.difference === 'changed' ? row.columns.join(', ') : what[row.difference as 'missing'];
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
