/** What the socket client needs of the browser; tests give their own. */
export interface Environment {
  open: (url: string, protocol: string) => WebSocketLike;
  random: () => number;
  isOnline: () => boolean;
  isVisible: () => boolean;
  /** Calls back when the browser goes on or off line, or the page is shown or hidden. */
  onChange: (listener: () => void) => () => void;
}

/** The part of `WebSocket` that is used. */
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
