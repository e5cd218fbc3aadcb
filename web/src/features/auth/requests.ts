import { queryOptions } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';
import { ApiError } from '@/shared/api/problem';
import { type Role, type Session, startSession } from '@/shared/api/session';

/** Logs in and starts the session. */
export async function login(credentials: Schema<'Login'>): Promise<Session['account']> {
  const { access_token, expires_in, account } = await answer(
    api.POST('/api/v1/auth/login', { body: credentials }),
  );
  startSession(access_token, expires_in, account);
  return account;
}

export function register(account: Schema<'RegisterAccount'>) {
  return answer(api.POST('/api/v1/auth/register', { body: account }));
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

const HOMES: readonly (readonly [Role, '/courier' | '/admin' | '/seller' | '/analytics'])[] = [
  ['admin', '/admin'],
  ['superadmin', '/admin'],
  ['courier', '/courier'],
  ['seller', '/seller'],
  ['analyst', '/analytics'],
];

/** Start page after login for these roles. */
export function homeOf(roles: Role[]): string {
  return HOMES.find(([role]) => roles.includes(role))?.[1] ?? '/';
}
