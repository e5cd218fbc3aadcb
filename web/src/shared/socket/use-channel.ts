import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

import { connectionFor } from '@/shared/socket/connections';
import type { ChangeFrame } from '@/shared/socket/frames';
import type { SocketStatus } from '@/shared/socket/socket-client';

interface ChannelOptions {
  /** The channel, or null while there is nothing to watch. */
  channel: string | null;
  /** The position of what was read; null to be told when to read. */
  since: number | null;
  /** The token of a guest's order, when it is not the session that watches. */
  guest?: string | null;
  onChange: (change: ChangeFrame) => void;
  /** Read again, as of this position or later. */
  onResync: (position: number) => void;
}

/** Watches a channel for as long as the component is there. */
export function useChannel({ channel, since, guest = null, onChange, onResync }: ChannelOptions): void {
  const change = useEffectEvent(onChange);
  const resync = useEffectEvent(onResync);
  const start = useEffectEvent(() => since);
  useEffect(() => {
    if (channel === null) return undefined;
    return connectionFor(guest).subscribe(
      channel,
      { onChange: (frame) => change(frame), onResync: (position) => resync(position) },
      start(),
    );
  }, [channel, guest]);
}

/** Whether what is shown is live. */
export function useSocketStatus(guest: string | null = null): SocketStatus {
  const client = connectionFor(guest);
  return useSyncExternalStore(client.onStatus, client.status);
}
