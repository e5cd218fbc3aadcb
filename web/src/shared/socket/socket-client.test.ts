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
  it('authenticates in the first frame and subscribes from the loaded row', () => {
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

  it('connects anonymously without a token', () => {
    const { environment, client, listener } = setUp(null);
    client.subscribe('product:A', listener, 1);
    environment.latest.accept();
    expect(environment.latest.sent[0]).toEqual({ op: 'auth', token: null });
  });

  it('asks listeners without data to load from the subscription position', () => {
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

  it('closes a connection without a response', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.open();
    vi.advanceTimersByTime(10_000);
    expect(environment.latest.closedWith).toBe(4000);
    expect(client.status().state).toBe('waiting');
  });
});

describe('changes', () => {
  it('arrive singly and in arrays, once each and in order', () => {
    const { environment, client, listener, heard } = setUp();
    client.subscribe(ORDER, listener, 90);
    environment.latest.accept();
    environment.latest.say({ op: 'subscribed', channel: ORDER, epoch: 'e1', position: 90 });
    environment.latest.say(change(91));
    environment.latest.say(change(92), change(95), change(94));
    expect(heard).toEqual([91, 92, 95]);
  });

  it('of other channels are ignored, like unknown frames', () => {
    const { environment, client, listener, heard, unreadable } = setUp();
    client.subscribe(ORDER, listener, 90);
    environment.latest.accept();
    environment.latest.say(change(91, 'order:2'), { op: 'shout' }, change(92));
    environment.latest.sayText('{not json');
    expect(heard).toEqual([92]);
    expect(unreadable).toHaveBeenCalledTimes(2);
  });

  it('make a later listener with an older row reload', () => {
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

describe('after a connection loss', () => {
  it('resumes each channel from its last position', () => {
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
    // A position sent before the subscription is confirmed must not hide pending changes.
    environment.latest.say({ op: 'position', position: 120 });
    environment.latest.say({ op: 'subscribed', channel: ORDER, epoch: 'e1', position: 97 }, change(101));
    expect(heard).toEqual([97, 101]);
  });

  it('resumes quiet channels from the last announced position', () => {
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

  it('reloads when the server history is too short, and continues from there', () => {
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
  it('backs off exponentially up to the cap, with full jitter', () => {
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

  it('reconnects at once on a sign of life, and keeps a live connection', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    client.wake();
    expect(environment.sockets).toHaveLength(1);
    environment.latest.fail();
    client.wake();
    expect(environment.sockets).toHaveLength(2);
  });

  it('reconnects after the delay given by a draining server', () => {
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

  it('detects a dead connection by a ping after a quiet time', () => {
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

  it('that are rejected stop the attempts until there is a new one', () => {
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

  it('without access to a channel report it to the listener', () => {
    const { environment, client, listener, denied } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    environment.latest.say({ op: 'error', code: 'unknown-channel', detail: 'No.', channel: ORDER });
    expect(denied).toHaveBeenCalledWith('unknown-channel');
  });

  it('that cannot be checked at the moment are retried', () => {
    const { environment, client, listener, denied } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    environment.latest.say({ op: 'error', code: 'unavailable', detail: 'Later.', channel: ORDER });
    vi.advanceTimersByTime(2_000);
    expect(denied).not.toHaveBeenCalled();
    expect(environment.latest.sent.filter((frame) => frame.op === 'subscribe')).toHaveLength(2);
  });
});

describe('another account in the same browser', () => {
  it('gets a new connection with the same channels', () => {
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
  it('closes the connection when offline and reconnects when online', () => {
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

  it('reconnects without backoff when the page becomes visible', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.fail();
    environment.change({ visible: false });
    expect(environment.sockets).toHaveLength(1);
    environment.change({ visible: true });
    expect(environment.sockets).toHaveLength(2);
  });

  it('checks a live connection when the page becomes visible', () => {
    const { environment, client, listener } = setUp();
    client.subscribe(ORDER, listener, 1);
    environment.latest.accept();
    environment.change({ visible: true });
    expect(environment.latest.sent.at(-1)).toEqual({ op: 'ping' });
  });
});
