import { useQuery } from '@tanstack/react-query';

import { type DryRun, dryRuns } from '@/features/replay/requests';
import { asProblem } from '@/shared/api/problem';
import { Notice } from '@/shared/components/states';
import { formatBytes, formatCount } from '@/shared/format/number';
import { formatDuration } from '@/shared/format/time';

/** What the start of replays would read and need, and why it would be refused: the numbers of a dry run. */
export function StartEstimate({ projections }: { projections: string[] }) {
  const { data, error } = useQuery(dryRuns);
  if (error !== null) return <Notice tone="bad">{asProblem(error).detail}</Notice>;
  if (data === undefined) return <p className="text-sm text-ink-soft">Estimating…</p>;
  const runs = data.filter(({ projection }) => projections.includes(projection));
  const refusals = runs.flatMap((run) => run.refusals);
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {facts(runs).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="figures">{value}</dd>
          </div>
        ))}
      </dl>
      {refusals.map((refusal) => (
        <Notice key={refusal} tone="wait">
          Would be refused: {refusal}.
        </Notice>
      ))}
    </>
  );
}

/** Replays that start together share one pass over the log, so that the slowest counts. */
function facts(runs: DryRun[]): [name: string, value: string][] {
  const sum = (of: (run: DryRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  const times = runs.flatMap(({ estimated_s }) => estimated_s ?? []);
  const free = runs[0]?.free_bytes ?? null;
  const first = runs.find(({ waiting_for }) => waiting_for !== null)?.waiting_for;
  const found: [string, string][] = [
    ['Events to read', formatCount(Math.max(0, ...runs.map(({ events }) => events)))],
    [
      'Time without a limit',
      times.length === 0 ? 'unknown before the first replay' : `about ${formatDuration(Math.max(...times))}`,
    ],
    ['Disk needed', formatBytes(sum(({ needed_bytes }) => needed_bytes))],
    ['Disk free', free === null ? "can't be seen from here" : formatBytes(free)],
    ['Effects', 'none: no change is announced again'],
  ];
  if (first !== undefined && first !== null) found.push(['Waits for', `the replay of ${first}`]);
  return found;
}
