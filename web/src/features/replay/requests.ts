import { queryOptions } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';

export type Replay = Schema<'Replay'>;
export type Verb = Schema<'ReplayVerb'>;
export type Report = Schema<'ReplayReport'>;

/** The last replay of each projection that had one. */
export const replays = queryOptions({
  queryKey: ['replays'],
  queryFn: async ({ signal }) => {
    const { items } = await answer(api.GET('/api/v1/admin/replays', { signal }));
    return items;
  },
});

/** Starts a replay, or does something with one. A repeated request is refused and changes nothing. */
export function requestReplay(body: Schema<'RequestReplay'>): Promise<Replay> {
  return answer(api.POST('/api/v1/admin/replays', { body }));
}
