import type { ChangeFrame, ClientFrame, Cursor, ServerFrame } from '@/shared/socket/frames';

/** Callbacks of a channel subscription. */
export interface ChannelListener {
  onChange: (change: ChangeFrame) => void;
  /** Loaded data may be out of date: reload it at `position` or later. */
  onResync: (position: number) => void;
  /** The token has no access to the channel. */
  onDenied?: (code: string) => void;
}

interface Subscription {
  listeners: Set<ChannelListener>;
  /** Last position received; null until the server has confirmed the start. */
  position: number | null;
  /** Log to which the position belongs; null until the server has named it. */
  epoch: string | null;
  /** Whether the server has confirmed the subscription on this connection. */
  isConfirmed: boolean;
}

/** Subscribed channels with their listeners and last positions. */
export class Subscriptions {
  readonly #channels = new Map<string, Subscription>();

  /** Adds a listener; true if the channel is new and needs a subscription. */
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
    // The channel is ahead of this listener, whose data may miss changes.
    if (existing.position !== null && since !== null && since < existing.position) {
      listener.onResync(existing.position);
    }
    return false;
  }

  /** Removes a listener; true if it was the channel's last. */
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

  /** Frames that subscribe to all channels from their last positions. */
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

  /** Handles a server frame and notifies listeners. */
  handle(frame: ServerFrame): void {
    if (frame.op === 'position') {
      for (const subscription of this.#channels.values()) {
        // Before `subscribed`, older changes of this channel may still arrive.
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
    if (!fromNow) return; // Changes after `since` will follow; each advances the position.
    subscription.position = frame.position;
    for (const listener of [...subscription.listeners]) listener.onResync(frame.position);
  }

  #change(subscription: Subscription, frame: ChangeFrame): void {
    // One event may cause several changes at one position; only older ones are duplicates.
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
