import { useEffect } from 'react';

import { flush, release } from '@/features/courier/outbox';
import { outboxStore } from '@/features/courier/outbox-store';
import { useNow } from '@/shared/components/use-now';
import { useStore } from '@/shared/store';

/**
 * Steps of the courier, and the time that decides which of them can be undone. Sends what waits once the connection is
 * back, and what can still be undone when the page is left, hidden or closed.
 */
export function useOutbox(courierId: string, isLive: boolean) {
  const outbox = useStore(outboxStore);
  const now = useNow();
  useEffect(() => {
    if (isLive) void flush(courierId);
  }, [isLive, courierId]);
  useEffect(() => {
    const leave = () => void release(courierId);
    const hide = () => {
      if (document.visibilityState === 'hidden') leave();
    };
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', hide);
      leave();
    };
  }, [courierId]);
  return { outbox, now };
}
