import { differing, isEqual } from '@/features/replay/phases';
import type { Report } from '@/features/replay/requests';
import { type DifferenceWords, RowDifferences } from '@/features/replay/row-differences';
import { Icon } from '@/shared/components/icon';
import { formatCount } from '@/shared/format/number';
import { counted } from '@/shared/format/words';

type Table = Report['tables'][number];

const COMPARED: DifferenceWords = {
  live: 'Live value',
  replay: 'New value',
  missing: 'Only the live table has this row',
  added: 'Only the replay has this row',
};

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
    <div className="border-t border-line">
      <RowDifferences table={table.live.table} rows={table.rows} words={COMPARED} />
      {hidden > 0 && (
        <p className="border-t border-line px-3 py-1.5 text-sm text-ink-soft">
          And {counted(hidden, 'more row', 'more rows')}.
        </p>
      )}
    </div>
  );
}
