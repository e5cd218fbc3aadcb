import { queryOptions } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';
import { cookieApi, inTurn } from '@/shared/api/cookie-client';
import { ApiError } from '@/shared/api/problem';
import { startSession } from '@/shared/api/session';

/** Logs in and starts the session, in all tabs. The guard of the route then leaves the login page. */
export async function login(credentials: Schema<'Login'>): Promise<void> {
  const { access_token, expires_in, account } = await inTurn((signal) =>
    answer(cookieApi.POST('/api/v1/auth/login', { body: credentials, signal })),
  );
  startSession(access_token, expires_in, account);
}

export function register(account: Schema<'RegisterAccount'>) {
  return answer(api.POST('/api/v1/auth/register', { body: account }));
}

/** Finds a guest's order by its number and e-mail address, and returns a token for it. */
export function findGuestOrder(search: Schema<'FindGuestOrder'>) {
  return answer(api.POST('/api/v1/guest-tokens', { body: search }));
}

/** Demo accounts; empty without demo data. */
export const demoAccounts = queryOptions({
  queryKey: ['demo-accounts'],
  staleTime: Infinity,
  queryFn: async ({ signal }) => {
    try {
      const { items } = await answer(api.GET('/api/v1/demo-accounts', { signal }));
      return items;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return [];
      throw error;
    }
  },
});
