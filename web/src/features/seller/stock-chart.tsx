import { useQuery } from '@tanstack/react-query';

import { levelsQuery } from '@/features/seller/requests';
import { rangeOf, SERIES, stepPath } from '@/features/seller/stock-series';
import type { Schema } from '@/shared/api/client';
import { cn } from '@/shared/cn';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState } from '@/shared/components/states';
import { formatTime } from '@/shared/format/time';
import { counted } from '@/shared/format/words';

const SIZE = { width: 1_000, height: 200 };

/** Number of the latest rows of the table. */
const ROWS_MAX = 100;

/** Stock of a SKU over time, as a chart and a table. */
export function StockChart({ sku }: { sku: string }) {
  const levels = useQuery(levelsQuery(sku));
  return (
    <Sheet aria-label="Stock over time" className="p-4">
      <h3 className="mb-2 font-semibold">Stock over time</h3>
      {levels.isPending && (
        <>
          <Loading label="Loading stock over time" />
          <Skeleton className="h-40 rounded-md" />
        </>
      )}
      {levels.isError && (
        <ErrorState
          error={levels.error}
          onRetry={() => void levels.refetch()}
          title="Couldn't load the stock over time"
        />
      )}
      {levels.data === null && <p className="text-ink-soft">No stock received yet</p>}
      {levels.data != null && <Loaded levels={levels.data} />}
    </Sheet>
  );
}

function Loaded({ levels }: { levels: Schema<'Levels'> }) {
  const { items, granularity, event_count: count } = levels;
  const unit = granularity === 'event' ? '' : `, at the end of each ${granularity}`;
  return (
    <>
      <p className="text-sm text-ink-soft figures">
        {counted(count, 'event')}
        {unit}
      </p>
      <Chart points={items} />
      <details className="mt-3 border-t border-line pt-2">
        <summary className="min-h-6 font-medium">View as table</summary>
        <LevelTable points={items} />
      </details>
    </>
  );
}

/** Hidden from screen readers, which read the table. */
function Chart({ points }: { points: Schema<'LevelPoint'>[] }) {
  const { low, high } = rangeOf(points);
  const first = points[0];
  const last = points.at(-1);
  return (
    <figure aria-hidden="true" className="mt-1">
      <p className="mb-2 flex flex-wrap gap-x-4 text-sm">
        {SERIES.map(({ name, label, line, dash }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <svg viewBox="0 0 24 4" className="w-6">
              <path d="M0 2H24" className={line} strokeWidth="2" strokeDasharray={dash} />
            </svg>
            {label}
          </span>
        ))}
      </p>
      <div className="grid grid-cols-[auto_1fr] gap-x-2">
        <div className="flex h-40 flex-col justify-between text-right text-sm leading-none text-ink-soft figures">
          <span>{high.toLocaleString('en-GB')}</span>
          <span>{low.toLocaleString('en-GB')}</span>
        </div>
        <svg
          viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
          preserveAspectRatio="none"
          className="h-40 w-full overflow-visible border-b border-ink"
        >
          {SERIES.map(({ name, line, dash }) => (
            <path
              key={name}
              data-series={name}
              d={stepPath(points, name, SIZE)}
              fill="none"
              className={cn(line)}
              strokeWidth="2"
              strokeDasharray={dash}
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </svg>
        <span />
        <p className="mt-1 flex justify-between text-sm text-ink-soft figures">
          {first !== undefined && <span>{formatTime(first.recorded_at)}</span>}
          {last !== undefined && last !== first && <span>{formatTime(last.recorded_at)}</span>}
        </p>
      </div>
    </figure>
  );
}

function LevelTable({ points }: { points: Schema<'LevelPoint'>[] }) {
  const latest = points.slice(-ROWS_MAX).reverse();
  const number = 'py-1 pl-4 text-right';
  return (
    <div
      className="max-h-72 overflow-auto"
      tabIndex={0}
      role="region"
      aria-label="Stock over time as a table"
    >
      <table className="w-full text-sm figures">
        <thead className="text-ink-soft">
          <tr>
            <th className="py-1 text-left font-medium">Time</th>
            {SERIES.map(({ name, label }) => (
              <th key={name} className={cn(number, 'font-medium')}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {latest.map((point) => (
            <tr key={point.position} className="border-t border-line">
              <td className="py-1">{formatTime(point.recorded_at)}</td>
              {SERIES.map(({ name }) => (
                <td key={name} className={number}>
                  {point[name].toLocaleString('en-GB')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {points.length > latest.length && (
        <p className="py-1 text-sm text-ink-soft">The latest {counted(latest.length, 'point')}</p>
      )}
    </div>
  );
}
