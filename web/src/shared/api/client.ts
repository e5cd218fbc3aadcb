import createClient, { type Middleware } from 'openapi-fetch';

import { ApiError, problemFrom, unreachable } from '@/shared/api/problem';
import type { components, paths } from '@/shared/api/schema.gen';
import { expireSession, sessionStore } from '@/shared/api/session';

/** A type of the OpenAPI document. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** The generated client of the HTTP interface. Use it through `answer`. */
export const api = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: (request) => globalThis.fetch(request),
});

const authorize: Middleware = {
  onRequest: ({ request }) => {
    const token = sessionStore.get()?.token;
    if (token !== undefined && !request.headers.has('Authorization')) {
      request.headers.set('Authorization', `Bearer ${token}`);
    }
  },
};
api.use(authorize);

/** Headers that make a request in the name of a guest's order. */
export function bearer(token: string | null | undefined): Record<string, string> {
  return token == null ? {} : { Authorization: `Bearer ${token}` };
}

const answerListeners = new Set<() => void>();

/** Calls back whenever the server answers: so whoever waits for it need not wait longer. */
export function onAnswered(listener: () => void): void {
  answerListeners.add(listener);
}

interface Exchange<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/**
 * The body of a 2xx answer; everything else is thrown as an `ApiError`. A 401 ends the session, unless the
 * request was made in the name of a guest's order (`guest` is its token).
 */
export async function answer<Data>(exchange: Promise<Exchange<Data>>, guest?: string | null): Promise<Data> {
  const token = sessionStore.get()?.token;
  let result: Exchange<Data>;
  try {
    result = await exchange;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(unreachable);
  }
  if (result.response.ok) {
    for (const listener of answerListeners) listener();
    return result.data as Data;
  }
  const sessionRefused = result.response.status === 401 && guest == null;
  if (sessionRefused && sessionStore.get()?.token === token) expireSession();
  throw new ApiError(problemFrom(result.response.status, result.error));
}

/** A name for one command: sent again with it, the command changes nothing. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID exists on secure origins only
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
