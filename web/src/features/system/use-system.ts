import { useQuery, useQueryClient } from '@tanstack/react-query';

import { readSystem } from '@/features/system/change';
import { reload } from '@/shared/reload';
import { useChannel } from '@/shared/socket/use-channel';
import { systemStatus } from '@/shared/system/requests';

/** Health of the system, live. */
export function useSystem() {
  const queryClient = useQueryClient();
  const status = useQuery(systemStatus);
  useChannel({
    channel: status.data === undefined ? null : 'metrics',
    since: null,
    onChange: (change) => {
      const next = readSystem(change);
      if (next === null) void reload(queryClient, systemStatus);
      else queryClient.setQueryData(systemStatus.queryKey, next);
    },
    // The channel sends the newest value after every start; nothing is to be loaded.
    onResync: () => undefined,
  });
  return status;
}
