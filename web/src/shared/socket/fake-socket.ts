import type { Environment, WebSocketLike } from '@/shared/socket/environment';
import type { ClientFrame } from '@/shared/socket/frames';

/** Fake socket: the test plays the server. */
class FakeSocket implements WebSocketLike {
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent<unknown>) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly sent: ClientFrame[] = [];
  closedWith: number | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame);
  }

  close(code = 1005): void {
    this.closedWith = code;
  }

  /** Accepts the connection and the token, as the server. */
  accept(epoch = 'e1', position = 100): void {
    this.open();
    this.say({ op: 'ready', session_id: 's', epoch, position });
  }

  open(): void {
    this.onopen?.(new Event('open'));
  }

  say(...frames: object[]): void {
    this.sayText(JSON.stringify(frames.length === 1 ? frames[0] : frames));
  }

  sayText(data: string): void {
    this.onmessage?.(new MessageEvent('message', { data }));
  }

  /** Closes the connection, as the server or the network. */
  fail(code = 1006): void {
    this.onclose?.(new CloseEvent('close', { code }));
  }
}

/** Fake browser controlled by the test. */
export class FakeEnvironment implements Environment {
  readonly sockets: FakeSocket[] = [];
  online = true;
  visible = true;
  chance = 1;
  #listeners = new Set<() => void>();

  open = (): FakeSocket => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  };
  random = () => this.chance;
  isOnline = () => this.online;
  isVisible = () => this.visible;
  onChange = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  change(change: { online?: boolean; visible?: boolean }): void {
    Object.assign(this, change);
    for (const listener of [...this.#listeners]) listener();
  }

  get latest(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('no connection was opened');
    return socket;
  }
}
