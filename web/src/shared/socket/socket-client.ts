import { type BackoffOptions, fullJitterMs } from '@/shared/socket/backoff';
import { browserEnvironment, type Environment, type WebSocketLike } from '@/shared/socket/environment';
import { type ClientFrame, parseFrames, type ServerFrame } from '@/shared/socket/frames';
import { type ChannelListener, Subscriptions } from '@/shared/socket/subscriptions';

interface SocketClientOptions {
  url: string;
  /** Access token; null for anonymous access to public channels. */
  token: () => string | null;
  /** Called when the server rejects the token. */
  onTokenRefused?: () => void;
  /** Called for each unreadable frame, for logging. */
  onUnreadable?: (reason: string) => void;
  environment?: Environment;
  backoff?: BackoffOptions;
}

/** `live`: all changes arrive. Any other state: the data shown may be out of date. */
type SocketState = 'idle' | 'connecting' | 'live' | 'waiting' | 'offline' | 'refused';

/** State, and the time of the last message before it (milliseconds since 1970; null: none yet). */
export interface SocketStatus {
  state: SocketState;
  heardAt: number | null;
}

const PROTOCOL = 'waybill.v1';
const BACKOFF: BackoffOptions = { baseMs: 400, capMs: 15_000 };
/** Time without a frame after which the client sends a ping. */
const QUIET_MS = 25_000;
/** Time limit for the response to a ping or to `auth`. */
const ANSWER_MS = 10_000;
/** Delay before a subscription that the server could not check is retried. */
const UNAVAILABLE_MS = 2_000;
const CLOSE_NORMAL = 1000;
const CLOSE_UNHEARD = 4000;
const CLOSE_TOKEN_EXPIRED = 4401;
const CLOSE_FORBIDDEN = 4403;

/**
 * Multiplexes channels over one WebSocket. Connects while a channel has listeners and authenticates in the first
 * frame. After a connection loss it resumes each channel from its last position; listeners reload only when the
 * server's history does not reach back that far.
 */
export class SocketClient {
  readonly #options: SocketClientOptions;
  readonly #environment: Environment;
  readonly #subscriptions = new Subscriptions();
  readonly #statusListeners = new Set<() => void>();
  #status: SocketStatus = { state: 'idle', heardAt: null };
  #heardAt: number | null = null;
  #socket: WebSocketLike | null = null;
  #epoch: string | null = null;
  #attempt = 0;
  #reconnectDelayMs: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #forgetEnvironment: (() => void) | null = null;

  constructor(options: SocketClientOptions) {
    this.#options = options;
    this.#environment = options.environment ?? browserEnvironment;
  }

  /**
   * Subscribes to a channel. With `since` (the position of the loaded row) all later changes arrive; without it,
   * changes from now on, and `onResync` gives the position to load from. Returns a function that unsubscribes.
   */
  subscribe(channel: string, listener: ChannelListener, since: number | null = null): () => void {
    const isNew = this.#subscriptions.add(channel, listener, since);
    if (isNew && this.#epoch !== null) this.#send(this.#subscriptions.subscribeFrame(channel, this.#epoch));
    if (this.#status.state === 'idle') this.#start();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      if (!this.#subscriptions.remove(channel, listener)) return;
      if (this.#epoch !== null) this.#send({ op: 'unsubscribe', channel });
      if (this.#subscriptions.isEmpty) this.close();
    };
  }

  readonly status = (): SocketStatus => this.#status;

  readonly onStatus = (listener: () => void): (() => void) => {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  };

  /** Sends the refreshed token of the same account on the open connection. */
  refreshToken(): void {
    if (this.#epoch !== null) this.#send({ op: 'auth', token: this.#options.token() });
    else if (this.#status.state === 'refused') this.#connect();
  }

  /** Skips the backoff delay, because another request reached the server. */
  wake(): void {
    if (this.#status.state === 'waiting') this.#connect();
  }

  /** Reconnects with another account. */
  restart(): void {
    if (this.#status.state === 'idle') return;
    this.#drop(CLOSE_NORMAL);
    this.#attempt = 0;
    this.#connect();
  }

  /** Ends the connection. The next `subscribe` opens it again. */
  close(): void {
    clearTimeout(this.#timer);
    this.#forgetEnvironment?.();
    this.#forgetEnvironment = null;
    this.#drop(CLOSE_NORMAL);
    this.#attempt = 0;
    this.#setState('idle');
  }

  #start(): void {
    this.#forgetEnvironment = this.#environment.onChange(() => this.#environmentChanged());
    this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    if (!this.#environment.isOnline()) {
      this.#setState('offline');
      return;
    }
    this.#setState('connecting');
    const socket = this.#environment.open(this.#options.url, PROTOCOL);
    this.#socket = socket;
    socket.onopen = () => this.#send({ op: 'auth', token: this.#options.token() });
    socket.onmessage = (event) =>
      this.#heard(parseFrames(event.data, this.#options.onUnreadable ?? noReport));
    socket.onclose = (event) => this.#closed(event.code);
    this.#expectWithin(ANSWER_MS);
  }

  #heard(frames: ServerFrame[]): void {
    this.#heardAt = Date.now();
    this.#watchQuiet();
    for (const frame of frames) {
      if (frame.op === 'ready') this.#ready(frame.epoch);
      else if (frame.op === 'reconnect') this.#reconnectDelayMs = frame.delay_ms;
      else if (frame.op === 'error' && frame.code === 'unavailable') this.#subscribeLater(frame.channel);
      else this.#subscriptions.handle(frame);
    }
  }

  #ready(epoch: string): void {
    const refreshed = this.#epoch !== null;
    this.#epoch = epoch;
    this.#attempt = 0;
    this.#setState('live');
    if (!refreshed) for (const frame of this.#subscriptions.resume(epoch)) this.#send(frame);
  }

  /** Retries a subscription that the server could not check. */
  #subscribeLater(channel: string | undefined): void {
    const socket = this.#socket;
    setTimeout(() => {
      if (channel === undefined || this.#epoch === null || this.#socket !== socket) return;
      if (this.#subscriptions.has(channel))
        this.#send(this.#subscriptions.subscribeFrame(channel, this.#epoch));
    }, UNAVAILABLE_MS);
  }

  #closed(code: number): void {
    this.#socket = null;
    this.#epoch = null;
    if (code === CLOSE_TOKEN_EXPIRED || code === CLOSE_FORBIDDEN) this.#refuse();
    else this.#retryLater();
  }

  #retryLater(): void {
    clearTimeout(this.#timer);
    if (!this.#environment.isOnline()) {
      this.#setState('offline');
      return;
    }
    this.#setState('waiting');
    const backoff = fullJitterMs(this.#attempt, this.#environment.random, this.#options.backoff ?? BACKOFF);
    this.#attempt += 1;
    this.#timer = setTimeout(() => this.#connect(), this.#reconnectDelayMs ?? backoff);
    this.#reconnectDelayMs = null;
  }

  #refuse(): void {
    clearTimeout(this.#timer);
    this.#setState('refused');
    this.#options.onTokenRefused?.();
  }

  #environmentChanged(): void {
    const { state } = this.#status;
    if (!this.#environment.isOnline()) {
      if (state === 'idle' || state === 'refused') return;
      clearTimeout(this.#timer);
      this.#drop(CLOSE_UNHEARD);
      this.#setState('offline');
    } else if (state === 'offline' || (state === 'waiting' && this.#environment.isVisible())) {
      this.#attempt = 0;
      this.#connect();
    } else if (state === 'live' && this.#environment.isVisible()) {
      this.#ask(); // The connection may have been lost while the page was hidden.
    }
  }

  #watchQuiet(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), QUIET_MS);
  }

  #ask(): void {
    this.#send({ op: 'ping' });
    this.#expectWithin(ANSWER_MS);
  }

  #expectWithin(limitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#drop(CLOSE_UNHEARD);
      this.#retryLater();
    }, limitMs);
  }

  #drop(code: number): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#epoch = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code);
  }

  #send(frame: ClientFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #setState(state: SocketState): void {
    if (state === this.#status.state) return;
    this.#status = { state, heardAt: this.#heardAt };
    for (const listener of [...this.#statusListeners]) listener();
  }
}

function noReport(): void {
  // Unreadable frames are ignored by default.
}
