import { onAnswered } from '@/shared/api/client';
import { tokenRefused } from '@/shared/api/refresh';
import { sessionStore } from '@/shared/api/session';
import { SocketClient } from '@/shared/socket/socket-client';

function socketUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
}

/** Connection of the session; anonymous without one. */
const sessionClient = new SocketClient({
  url: socketUrl(),
  token: () => sessionStore.get()?.token ?? null,
  onTokenRefused: tokenRefused,
});

let accountId = sessionStore.get()?.account.id;
sessionStore.subscribe(() => {
  const next = sessionStore.get()?.account.id;
  if (next === accountId) sessionClient.refreshToken();
  else sessionClient.restart();
  accountId = next;
});

/** Connections of guests by order token. */
const guestClients = new Map<string, SocketClient>();

onAnswered(() => {
  for (const client of [sessionClient, ...guestClients.values()]) client.wake();
});

/** Connection for a guest token, or for the session. */
export function connectionFor(guest: string | null): SocketClient {
  if (guest === null) return sessionClient;
  let client = guestClients.get(guest);
  if (client === undefined) {
    client = new SocketClient({ url: socketUrl(), token: () => guest });
    guestClients.set(guest, client);
  }
  return client;
}
