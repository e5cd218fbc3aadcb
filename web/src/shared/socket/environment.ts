/** Browser features that the socket client uses; tests provide their own. */
export interface Environment {
  open: (url: string, protocol: string) => WebSocketLike;
  random: () => number;
  isOnline: () => boolean;
  isVisible: () => boolean;
  /** Registers a callback for online, offline and page visibility changes. */
  onChange: (listener: () => void) => () => void;
}

/** Subset of `WebSocket` that the client uses. */
export interface WebSocketLike {
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send: (text: string) => void;
  close: (code?: number, reason?: string) => void;
}

export const browserEnvironment: Environment = {
  open: (url, protocol) => new WebSocket(url, protocol),
  random: Math.random,
  isOnline: () => navigator.onLine,
  isVisible: () => document.visibilityState === 'visible',
  onChange: (listener) => {
    window.addEventListener('online', listener);
    window.addEventListener('offline', listener);
    document.addEventListener('visibilitychange', listener);
    return () => {
      window.removeEventListener('online', listener);
      window.removeEventListener('offline', listener);
      document.removeEventListener('visibilitychange', listener);
    };
  },
};
