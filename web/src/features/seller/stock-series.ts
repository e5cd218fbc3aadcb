import type { Schema } from '@/shared/api/client';

type Point = Schema<'LevelPoint'>;

export const SERIES = [
  { name: 'on_hand', label: 'On hand', line: 'stroke-ink', dash: undefined },
  { name: 'available', label: 'Available', line: 'stroke-signal', dash: '6 3' },
  { name: 'reserved', label: 'Reserved', line: 'stroke-amber', dash: '2 3' },
] as const;

type SeriesName = (typeof SERIES)[number]['name'];

/** Lowest and highest count of all series; the range includes zero. */
export function rangeOf(points: readonly Point[]): { low: number; high: number } {
  const counts = points.flatMap((point) => SERIES.map(({ name }) => point[name]));
  return { low: Math.min(0, ...counts), high: Math.max(1, ...counts) };
}

/** Path of a series: each count stays until the next point. The last one stays until the right edge. */
export function stepPath(
  points: readonly Point[],
  name: SeriesName,
  { width, height }: { width: number; height: number },
): string {
  const { low, high } = rangeOf(points);
  const times = points.map((point) => Date.parse(point.recorded_at));
  const start = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - start);
  const y = (point: Point) => round(height * (1 - (point[name] - low) / (high - low)));
  const steps = points.map((point, index) => {
    const x = round(((times[index] ?? start) - start) * (width / span));
    return index === 0 ? `M0 ${y(point)}` : `H${x}V${y(point)}`;
  });
  return steps.length === 0 ? '' : `${steps.join('')}H${width}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
