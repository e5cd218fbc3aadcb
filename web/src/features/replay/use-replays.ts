import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';

import { readReplay } from '@/features/replay/change';
import { type Replay, replays } from '@/features/replay/requests';
import { reload } from '@/shared/reload';
import { useChannel } from '@/shared/socket/use-channel';
import { systemStatus } from '@/shared/system/requests';

/** Replaces or adds a replay in the loaded list. */
export function putReplay(queryClient: QueryClient, replay: Replay): void {
  queryClient.setQueryData(replays.queryKey, (old) =>
    old === undefined ? old : [...old.filter(({ projection }) => projection !== replay.projection), replay],
  );
}

/** Every projection with its last replay, by name, live. */
export function useReplays() {
  const queryClient = useQueryClient();
  const list = useQuery(replays);
  const system = useQuery(systemStatus);
  useChannel({
    channel: list.data === undefined ? null : 'replays',
    since: null,
    onChange: (change) => {
      const replay = readReplay(change);
      if (replay === null) void reload(queryClient, replays);
      else putReplay(queryClient, replay);
    },
    // The channel sends the newest value of each replay after every start; nothing is to be loaded.
    onResync: () => undefined,
  });
  const names = system.data?.projections.map(({ name }) => name) ?? [];
  const known = list.data ?? [];
  const all = [...new Set([...names, ...known.map(({ projection }) => projection)])].sort();
  const rows = all.map((name) => ({ name, replay: known.find(({ projection }) => projection === name) }));
  return { list, system, rows };
}
