import type { ChangeFrame, ClientFrame, Cursor, ServerFrame } from '@/shared/socket/frames';

/** What somebody who watches a channel wants to hear. */
export interface ChannelListener {
  onChange: (change: ChangeFrame) => void;
  /** What was read before may be out of date: read it again, as of `position` or later. */
  onResync: (position: number) => void;
  /** The server does not let this token watch the channel. */
  onDenied?: (code: string) => void;
}

interface Subscription {
  listeners: Set<ChannelListener>;
  /** How far this client has heard; null until the server has said where the subscription begins. */
  position: number | null;
  /** Which log the position is of; null until the server has said it. */
  epoch: string | null;
  /** Whether the server has confirmed it on this connection. */
  isConfirmed: boolean;
}

/** Which channels are watched, by whom, and how far each has been heard. */
export class Subscriptions {
  readonly #channels = new Map<string, Subscription>();

  /** Adds a listener; true when the channel is new and must be subscribed to. */
  add(channel: string, listener: ChannelListener, since: number | null): boolean {
    const existing = this.#channels.get(channel);
    if (existing === undefined) {
      this.#channels.set(channel, {
        listeners: new Set([listener]),
        position: since,
        epoch: null,
        isConfirmed: false,
      });
      return true;
    }
    existing.listeners.add(listener);
    // The channel has gone on without this listener: what it has read may miss something.
    if (existing.position !== null && since !== null && since < existing.position) {
      listener.onResync(existing.position);
    }
    return false;
  }

  /** Removes a listener; true when nobody watches the channel any more. */
  remove(channel: string, listener: ChannelListener): boolean {
    const existing = this.#channels.get(channel);
    if (existing === undefined) return false;
    existing.listeners.delete(listener);
    return existing.listeners.size === 0 && this.#channels.delete(channel);
  }

  has(channel: string): boolean {
    return this.#channels.has(channel);
  }

  get isEmpty(): boolean {
    return this.#channels.size === 0;
  }

  /** The frames that subscribe to everything, each channel since where it was left. */
  resume(epoch: string): ClientFrame[] {
    for (const subscription of this.#channels.values()) subscription.isConfirmed = false;
    return [...this.#channels.keys()].map((channel) => this.subscribeFrame(channel, epoch));
  }

  subscribeFrame(channel: string, epoch: string): ClientFrame {
    const subscription = this.#channels.get(channel);
    if (subscription?.position == null) return { op: 'subscribe', channel };
    const since = { epoch: subscription.epoch ?? epoch, position: subscription.position };
    return { op: 'subscribe', channel, since };
  }

  /** Takes a frame of the server in, and tells the listeners. */
  handle(frame: ServerFrame): void {
    if (frame.op === 'position') {
      for (const subscription of this.#channels.values()) {
        // Before `subscribed` the position says nothing about this channel: older changes are still to come.
        if (subscription.isConfirmed) advance(subscription, frame.position);
      }
      return;
    }
    const channel = 'channel' in frame ? frame.channel : undefined;
    const subscription = channel === undefined ? undefined : this.#channels.get(channel);
    if (subscription === undefined) return;
    if (frame.op === 'subscribed') this.#subscribed(subscription, frame);
    if (frame.op === 'change') this.#change(subscription, frame);
    if (frame.op === 'resync') this.#resync(subscription, frame);
    if (frame.op === 'error') for (const each of [...subscription.listeners]) each.onDenied?.(frame.code);
  }

  #subscribed(subscription: Subscription, frame: Cursor): void {
    const fromNow = subscription.position === null;
    subscription.epoch = frame.epoch;
    subscription.isConfirmed = true;
    if (!fromNow) return; // The changes after `since` are still to come; each moves the position.
    subscription.position = frame.position;
    for (const listener of [...subscription.listeners]) listener.onResync(frame.position);
  }

  #change(subscription: Subscription, frame: ChangeFrame): void {
    // One event may bring several changes; only what lies before the position was certainly heard.
    if (subscription.position !== null && frame.position < subscription.position) return;
    advance(subscription, frame.position);
    for (const listener of [...subscription.listeners]) listener.onChange(frame);
  }

  #resync(subscription: Subscription, frame: Cursor): void {
    subscription.epoch = frame.epoch;
    subscription.isConfirmed = true;
    subscription.position = frame.position;
    for (const listener of [...subscription.listeners]) listener.onResync(frame.position);
  }
}

function advance(subscription: Subscription, position: number): void {
  subscription.position = Math.max(subscription.position ?? 0, position);
}
