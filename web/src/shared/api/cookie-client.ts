import createClient from 'openapi-fetch';

import { origin, sendNow } from '@/shared/api/origin';
import type { paths } from '@/shared/api/schema.gen';

/** Client for requests that set or use the refresh cookie. Sends no access token. */
export const cookieApi = createClient<paths>({ baseUrl: origin, fetch: sendNow });

/** Time limit of such a request, so that a hanging one does not block the other tabs. */
const TIME_LIMIT_MS = 15_000;

/**
 * Runs an exchange that changes the refresh cookie, one at a time among all tabs. Without Web Locks, which exist on
 * secure origins only, exchanges may overlap; the server then accepts a repeated cookie for a minute.
 */
export async function inTurn<Result>(exchange: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const run = () => exchange(AbortSignal.timeout(TIME_LIMIT_MS));
  const locks = (navigator as Partial<Navigator>).locks;
  return locks === undefined ? run() : locks.request('waybill.session', run);
}
