import createClient, { type Middleware } from 'openapi-fetch';

import { origin, sendNow } from '@/shared/api/origin';
import { ApiError, problemFrom, unreachable } from '@/shared/api/problem';
import { freshenSession, tokenRefused } from '@/shared/api/refresh';
import type { components, paths } from '@/shared/api/schema.gen';
import { isSessionKnown, sessionStore } from '@/shared/api/session';

/** Schema type from the OpenAPI document. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** Generated API client. Wrap calls in `answer`. */
export const api = createClient<paths>({ baseUrl: origin, fetch: sendNow });

const authorize: Middleware = {
  onRequest: async ({ request }) => {
    if (request.headers.has('Authorization')) return;
    await freshenSession();
    // The server could not be reached. A request without the token would be answered as to a stranger.
    if (!isSessionKnown()) throw new TypeError('The session could not be restored.');
    const token = sessionStore.get()?.token;
    if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`);
  },
  onResponse: ({ request, response }) => {
    // Ignores guest tokens and tokens of a previous session.
    const isOurs = request.headers.get('Authorization') === `Bearer ${sessionStore.get()?.token}`;
    if (response.status === 401 && isOurs) tokenRefused();
  },
};
api.use(authorize);

/** Authorization header with the token of a guest order. */
export function bearer(token: string | null | undefined): Record<string, string> {
  return token == null ? {} : { Authorization: `Bearer ${token}` };
}

const answerListeners = new Set<() => void>();

/** Registers a callback for successful responses, which show that the server can be reached. */
export function onAnswered(listener: () => void): void {
  answerListeners.add(listener);
}

interface Exchange<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Returns the body of a 2xx response; throws an `ApiError` for all others. */
export async function answer<Data>(exchange: Promise<Exchange<Data>>): Promise<Data> {
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
  throw new ApiError(problemFrom(result.response.status, result.error));
}

/** Creates an idempotency key: a command sent again with the same key is applied once. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID exists on secure origins only
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
