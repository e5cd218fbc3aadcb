import { queryOptions } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';

export type Replay = Schema<'Replay'>;
export type Verb = Schema<'ReplayVerb'>;
export type DryRun = Schema<'ReplayDryRun'>;
export type Report = Schema<'ReplayReport'>;
export type KeyReport = Schema<'ReplayOfKey'>;
export type RowDifference = Schema<'ReplayRowDifference'>;

/** The last replay of each projection that had one. */
export const replays = queryOptions({
  queryKey: ['replays'],
  queryFn: async ({ signal }) => {
    const { items } = await answer(api.GET('/api/v1/admin/replays', { signal }));
    return items;
  },
});

/** What the start of a replay of each projection would do. Read anew each time: it changes with the log and the disk. */
export const dryRuns = queryOptions({
  queryKey: ['replays', 'dry-run'],
  queryFn: async ({ signal }) => {
    const { items } = await answer(api.GET('/api/v1/admin/replays/dry-run', { signal }));
    return items;
  },
  staleTime: 0,
});

/** Starts a replay, or does something with one. A repeated request is refused and changes nothing. */
export function requestReplay(body: Schema<'RequestReplay'>): Promise<Replay> {
  return answer(api.POST('/api/v1/admin/replays', { body }));
}

/** Makes the rows of an order or a SKU again from its events. A repetition finds nothing to change. */
export function rebuildKey(body: Schema<'RequestReplayOfKey'>): Promise<KeyReport> {
  return answer(api.POST('/api/v1/admin/replays/keys', { body }));
}
