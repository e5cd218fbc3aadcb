import { useState } from 'react';

import { type Bucket, bucketName, type Granularity, roundUp } from '@/features/analytics/buckets';
import type { Currency } from '@/features/analytics/requests';
import { formatMoney, formatMoneyRounded } from '@/shared/format/money';
import { counted } from '@/shared/format/words';

const WIDTH = 1_000;
const HEIGHT = 260;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

interface SalesChartProps {
  buckets: Bucket[];
  unit: Granularity;
  currency: Currency;
}

/** Bar chart of gross sales. Hidden from screen readers, which read the table below. */
export function SalesChart({ buckets, unit, currency }: SalesChartProps) {
  const [hovered, setHovered] = useState<Bucket | null>(null);
  const top = roundUp(Math.max(...buckets.map((bucket) => bucket.amounts.gross.minor)));
  const step = WIDTH / buckets.length;
  const first = buckets[0];
  const last = buckets.at(-1);
  return (
    <figure aria-hidden="true" onPointerLeave={() => setHovered(null)}>
      <p className="mb-2 flex h-6 items-baseline gap-3 text-sm figures">
        {hovered === null ? (
          <span className="text-ink-soft">
            Gross sales by {unit}, {currency}, UTC
          </span>
        ) : (
          <>
            <span className="font-semibold">{bucketName(hovered, unit)}</span>
            <span>{formatMoney(hovered.amounts.gross)}</span>
            <span className="text-ink-soft">{counted(hovered.orders, 'order')}</span>
          </>
        )}
      </p>
      <div className="grid grid-cols-[auto_1fr] gap-x-3">
        <div className="flex h-64 flex-col-reverse justify-between text-right text-sm leading-none text-ink-soft figures">
          {TICKS.map((tick) => (
            <span key={tick}>{formatMoneyRounded({ minor: top * tick, currency })}</span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-64 w-full overflow-visible py-1.5"
        >
          {TICKS.map((tick) => (
            <line
              key={tick}
              x1="0"
              x2={WIDTH}
              y1={HEIGHT * (1 - tick)}
              y2={HEIGHT * (1 - tick)}
              className={tick === 0 ? 'stroke-ink' : 'stroke-line'}
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {buckets.map((bucket, index) => {
            const height = (bucket.amounts.gross.minor / top) * HEIGHT;
            return (
              <g key={bucket.start} onPointerEnter={() => setHovered(bucket)}>
                <rect x={index * step} y="0" width={step} height={HEIGHT} fill="transparent" />
                <rect
                  x={index * step + step * 0.12}
                  y={HEIGHT - height}
                  width={step * 0.76}
                  height={height}
                  className={hovered === bucket ? 'fill-signal-strong' : 'fill-signal'}
                />
              </g>
            );
          })}
        </svg>
        <span />
        <p className="flex justify-between text-sm text-ink-soft figures">
          {first !== undefined && <span>{bucketName(first, unit)}</span>}
          {last !== undefined && last !== first && <span>{bucketName(last, unit)}</span>}
        </p>
      </div>
    </figure>
  );
}
