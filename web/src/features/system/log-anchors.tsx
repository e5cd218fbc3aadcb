import { useQuery, useQueryClient } from '@tanstack/react-query';

import { anchorLog, anchors } from '@/features/system/log-requests';
import type { Schema } from '@/shared/api/client';
import { asProblem } from '@/shared/api/problem';
import { useCommand } from '@/shared/command/use-command';
import { Button } from '@/shared/components/button';
import { Sheet } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState, Notice } from '@/shared/components/states';
import { toasts } from '@/shared/components/toasts';
import { formatCount } from '@/shared/format/number';
import { formatInstant } from '@/shared/format/time';
import { counted } from '@/shared/format/words';
import { reload } from '@/shared/reload';

/** Anchors that are shown. */
const SHOWN_MAX = 5;

/** Card with the newest anchors of the log, that writes one. */
export function LogAnchors() {
  const queryClient = useQueryClient();
  const list = useQuery(anchors);
  const command = useCommand<null, Schema<'LogAnchor'>>({
    send: anchorLog,
    onSuccess: async ({ position }) => {
      toasts.add({ title: `The log is anchored up to position ${formatCount(position)}` });
      await reload(queryClient, anchors);
    },
  });
  return (
    <Sheet aria-labelledby="log-anchors" className="flex flex-col items-start gap-3 px-4 py-3">
      <div className="flex w-full flex-wrap items-center justify-between gap-2">
        <h2 id="log-anchors" className="font-semibold">
          Anchors
        </h2>
        <Button size="small" variant="secondary" busy={command.isPending} onClick={() => command.run(null)}>
          Anchor now
        </Button>
      </div>
      <p className="text-sm text-ink-soft">
        Signed statements of what the log was. They show later whether it was rewritten or restored. Keep a
        copy of the file on another machine.
      </p>
      {command.error !== null && <Notice tone="bad">{asProblem(command.error).detail}</Notice>}
      {list.isPending && (
        <>
          <Loading label="Loading anchors" />
          <Skeleton className="h-16 w-full" />
        </>
      )}
      {list.isError && list.data === undefined && (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} title="Couldn't load anchors" />
      )}
      {list.data !== undefined && <Loaded list={list.data} />}
    </Sheet>
  );
}

function Loaded({ list: { items, count, file, damage } }: { list: Schema<'LogAnchorList'> }) {
  if (damage !== null) return <Notice tone="bad">{damage}</Notice>;
  if (items.length === 0) return <p>No anchor yet.</p>;
  return (
    <>
      <table className="w-full text-left text-sm figures">
        <caption className="sr-only">Newest anchors</caption>
        <thead className="border-b border-ink text-ink-soft">
          <tr>
            <th scope="col" className="py-1.5 font-medium">
              Position
            </th>
            <th scope="col" className="py-1.5 text-right font-medium">
              Anchored
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {items.slice(0, SHOWN_MAX).map(({ position, anchored_at }) => (
            <tr key={anchored_at}>
              <th scope="row" className="py-1.5 font-semibold">
                {formatCount(position)}
              </th>
              <td className="py-1.5 text-right">{formatInstant(anchored_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-sm break-all text-ink-soft">
        {counted(count, 'anchor')} in {file}
      </p>
    </>
  );
}
