import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { FakeEnvironment } from '@/shared/socket/fake-socket';
import type { ChangeFrame } from '@/shared/socket/frames';
import { SocketClient } from '@/shared/socket/socket-client';

const ORDER = 'order:1';

function change(position: number, channel = ORDER): object {
  return { op: 'change', channel, position, kind: 'order.changed', key: '1', data: { position } };
}

function setUp(token: string | null = 'token-1') {
  const environment = new FakeEnvironment();
  const current = { token };
  const refused = vi.fn();
  const unreadable = vi.fn();
  const client = new SocketClient({
    url: 'ws://test/ws',
    token: () => current.token,
    onTokenRefused: refused,
    onUnreadable: unreadable,
    environment,
    backoff: { baseMs: 100, capMs: 1_000 },
  });
  const heard: number[] = [];
  const resyncs: number[] = [];
  const denied = vi.fn();
  const listener = {
    onChange: (frame: ChangeFrame) => heard.push(frame.position),
    onResync: (position: number) => resyncs.push(position),
    onDenied: denied,
  };
  return { environment, client, listener, heard, resyncs, denied, refused, unreadable, current };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('connecting', () => {
  it('proves who it is in the first frame and subscribes since the row that was read', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 90);
    expect(client.status().state).toBe('connecting');
    environment.latest.accept();
    expect(client.status().state).toBe('live');
    expect(environment.latest.sent).toEqual([
      { op: 'auth', token: 'token-1' },
      { op: 'subscribe', channel: ORDER, since: { epoch: 'e1', position: 90 } },
    ]);
  });

  it('goes without a token as nobody', () => {
    const { environment, client, listener } = setUp(null);
    client.subscribe('product:A', listener, 1);
    environment.latest.accept();
    expect(environment.latest.sent[0]).toEqual({ op: 'auth', token: null });
  });

  it('asks its listeners to read as of the subscription when they have read nothing', () => {
    const { environment, client, listener, resyncs } = setUp();
    client.subscribe(ORDER, listener);
    environment.latest.accept();
    environment.latest.say({ op: 'subscribed', channel: ORDER, epoch: 'e1', position: 100 });
    expect(resyncs).toEqual([100]);
  });

  it('opens one connection for many channels and closes it after the last', () => {
    const { environment, client, listener } = setUp();
    const endFirst = client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    const endSecond = client.subscribe('orders', listener, 1);
    expect(environment.sockets).toHaveLength(1);
    endFirst();
    expect(environment.latest.sent.at(-1)).toEqual({ op: 'unsubscribe', channel: ORDER });
    endSecond();
    expect(environment.latest.closedWith).toBe(1000);
    expect(client.status().state).toBe('idle');
  });

  it('gives up a connection whose server does not answer', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.open();
    vi.advanceTimersByTime(10_000);
    expect(environment.latest.closedWith).toBe(4000);
    expect(client.status().state).toBe('waiting');
  });
});

describe('changes', () => {
  it('arrive one by one and in batches, each once and in order', () => {
    const { environment, client, listener, heard } = setUp();
    client.subscribe(ORDER, listener, 90);
    environment.latest.accept();
    environment.latest.say({ op: 'subscribed', channel: ORDER, epoch: 'e1', position: 90 });
    environment.latest.say(change(91));
    environment.latest.say(change(92), change(95), change(94));
    expect(heard).toEqual([91, 92, 95]);
  });

  it('of other channels and unknown frames are left alone', () => {
    const { environment, client, listener, heard, unreadable } = setUp();
    client.subscribe(ORDER, listener, 90);
    environment.latest.accept();
    environment.latest.say(change(91, 'order:2'), { op: 'shout' }, change(92));
    environment.latest.sayText('{not json');
    expect(heard).toEqual([92]);
    expect(unreadable).toHaveBeenCalledTimes(2);
  });

  it('make a late listener with an older row read again', () => {
    const { environment, client, listener, resyncs } = setUp();
    client.subscribe(ORDER, listener, 90);
    environment.latest.accept();
    environment.latest.say(change(95));
    client.subscribe(ORDER, { ...listener }, 93);
    expect(resyncs).toEqual([95]);
    client.subscribe(ORDER, { ...listener }, 95);
    expect(resyncs).toEqual([95]);
  });
});

describe('after a loss of the connection', () => {
  it('resumes each channel where it was left', () => {
    const { environment, client, listener, heard } = setUp();
    client.subscribe(ORDER, listener, 90);
    environment.latest.accept();
    environment.latest.say({ op: 'subscribed', channel: ORDER, epoch: 'e1', position: 90 }, change(97));
    environment.latest.fail();
    expect(client.status().state).toBe('waiting');
    vi.advanceTimersByTime(100);
    environment.latest.accept('e1', 120);
    expect(environment.latest.sent[1]).toEqual({
      op: 'subscribe',
      channel: ORDER,
      since: { epoch: 'e1', position: 97 },
    });
    // A position that comes before the subscription stands must not hide what is still to come.
    environment.latest.say({ op: 'position', position: 120 });
    environment.latest.say({ op: 'subscribed', channel: ORDER, epoch: 'e1', position: 97 }, change(101));
    expect(heard).toEqual([97, 101]);
  });

  it('resumes from the position that quiet channels were told', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 90);
    environment.latest.accept();
    environment.latest.say({ op: 'subscribed', channel: ORDER, epoch: 'e1', position: 90 });
    environment.latest.say({ op: 'position', position: 5_000 });
    environment.latest.fail();
    vi.advanceTimersByTime(100);
    environment.latest.accept();
    expect(environment.latest.sent[1]).toMatchObject({ since: { position: 5_000 } });
  });

  it('reads again when the server does not reach back that far, and goes on from there', () => {
    const { environment, client, listener, heard, resyncs } = setUp();
    client.subscribe(ORDER, listener, 90);
    environment.latest.accept('e2');
    environment.latest.say({ op: 'resync', channel: ORDER, epoch: 'e2', position: 300 });
    environment.latest.say(change(299), change(301));
    expect(resyncs).toEqual([300]);
    expect(heard).toEqual([301]);
  });
});

describe('while it reconnects', () => {
  it('waits longer each time, within the cap, with full jitter', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    for (const boundMs of [100, 200, 400, 800, 1_000, 1_000]) {
      const connections = environment.sockets.length;
      environment.latest.fail();
      vi.advanceTimersByTime(boundMs - 1);
      expect(environment.sockets).toHaveLength(connections);
      vi.advanceTimersByTime(1);
      expect(environment.sockets).toHaveLength(connections + 1);
    }
    environment.chance = 0.25;
    environment.latest.fail();
    vi.advanceTimersByTime(250);
    expect(environment.sockets).toHaveLength(8);
  });

  it('does not wait once the server was heard elsewhere, and leaves a live connection alone', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    client.wake();
    expect(environment.sockets).toHaveLength(1);
    environment.latest.fail();
    client.wake();
    expect(environment.sockets).toHaveLength(2);
  });

  it('comes back when the draining server said', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    environment.latest.say({ op: 'reconnect', delay_ms: 700 });
    environment.latest.fail(1012);
    vi.advanceTimersByTime(699);
    expect(environment.sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(environment.sockets).toHaveLength(2);
  });

  it('notices a dead connection by asking after a quiet time', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    vi.advanceTimersByTime(25_000);
    expect(environment.latest.sent.at(-1)).toEqual({ op: 'ping' });
    environment.latest.say({ op: 'pong' });
    vi.advanceTimersByTime(10_000);
    expect(client.status().state).toBe('live');
    vi.advanceTimersByTime(25_000);
    expect(environment.latest.closedWith).toBe(4000);
  });
});

describe('tokens', () => {
  it('are refreshed without a new connection or a second subscription', () => {
    const { environment, client, listener, current } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    current.token = 'token-2';
    client.refreshToken();
    environment.latest.say({ op: 'ready', session_id: 's', epoch: 'e1', position: 100 });
    expect(environment.sockets).toHaveLength(1);
    expect(environment.latest.sent.slice(2)).toEqual([{ op: 'auth', token: 'token-2' }]);
  });

  it('that are refused end the attempts until there is a new one', () => {
    const { environment, client, listener, refused } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    environment.latest.fail(4401);
    expect(refused).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(environment.sockets).toHaveLength(1);
    client.refreshToken();
    expect(environment.sockets).toHaveLength(2);
  });

  it('that may not watch a channel are told so', () => {
    const { environment, client, listener, denied } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    environment.latest.say({ op: 'error', code: 'unknown-channel', detail: 'No.', channel: ORDER });
    expect(denied).toHaveBeenCalledWith('unknown-channel');
  });

  it('whose rights cannot be found out just now are tried again', () => {
    const { environment, client, listener, denied } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    environment.latest.say({ op: 'error', code: 'unavailable', detail: 'Later.', channel: ORDER });
    vi.advanceTimersByTime(2_000);
    expect(denied).not.toHaveBeenCalled();
    expect(environment.latest.sent.filter((frame) => frame.op === 'subscribe')).toHaveLength(2);
  });
});

describe('another person at the same browser', () => {
  it('gets a connection of their own, with the same channels', () => {
    const { environment, client, listener, current } = setUp();
    client.subscribe('product:A', listener, 1);
    environment.latest.accept();
    current.token = null;
    client.restart();
    expect(environment.sockets[0]?.closedWith).toBe(1000);
    environment.latest.accept();
    expect(environment.latest.sent).toEqual([
      { op: 'auth', token: null },
      { op: 'subscribe', channel: 'product:A', since: { epoch: 'e1', position: 1 } },
    ]);
  });
});

describe('the browser', () => {
  it('off line closes the connection, on line opens it at once', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    environment.change({ online: false });
    expect(client.status().state).toBe('offline');
    vi.advanceTimersByTime(60_000);
    expect(environment.sockets).toHaveLength(1);
    environment.change({ online: true });
    expect(environment.sockets).toHaveLength(2);
  });

  it('that shows the page again does not wait for the backoff', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.fail();
    environment.change({ visible: false });
    expect(environment.sockets).toHaveLength(1);
    environment.change({ visible: true });
    expect(environment.sockets).toHaveLength(2);
  });

  it('that shows the page of a live connection asks whether it still is', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    environment.change({ visible: true });
    expect(environment.latest.sent.at(-1)).toEqual({ op: 'ping' });
  });
});
