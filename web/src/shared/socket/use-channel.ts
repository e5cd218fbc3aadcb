import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

import { connectionFor } from '@/shared/socket/connections';
import type { ChangeFrame } from '@/shared/socket/frames';
import type { SocketStatus } from '@/shared/socket/socket-client';

interface ChannelOptions {
  /** Channel; null to subscribe to none. */
  channel: string | null;
  /** Position of the loaded data; null to get a resync with the position to load from. */
  since: number | null;
  /** Token of a guest order; without it the session's connection is used. */
  guest?: string | null;
  onChange: (change: ChangeFrame) => void;
  /** Reload at this position or later. */
  onResync: (position: number) => void;
}

/** Subscribes to a channel while the component is mounted. */
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

/** Connection status of the session or guest. */
export function useSocketStatus(guest: string | null = null): SocketStatus {
  const client = connectionFor(guest);
  return useSyncExternalStore(client.onStatus, client.status);
}
