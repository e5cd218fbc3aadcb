import { redirect } from '@tanstack/react-router';

import { queryClient } from '@/app/query-client';
import { NoAccess } from '@/app/shell/no-access';
import type { OrderSearch } from '@/features/order/search';
import { keepGuestToken, tokenOfLink } from '@/shared/api/guest-tokens';
import { ApiError, unreachable } from '@/shared/api/problem';
import { homeOf } from '@/shared/api/home';
import { sessionSettled } from '@/shared/api/refresh';
import { hasRole, isSessionKnown, type Role, sessionStore } from '@/shared/api/session';

/**
 * Restricts a route to these roles; without roles, to any account. Asks to log in only if nobody is logged in to this
 * browser.
 */
export function requireRole(...roles: Role[]) {
  return async ({ location }: { location: { href: string } }): Promise<void> => {
    await sessionSettled();
    const session = sessionStore.get();
    if (session === null && !isSessionKnown()) throw new ApiError(unreachable);
    if (session === null) throw redirect({ to: '/login', search: { then: location.href } });
    if (roles.length > 0 && !hasRole(session, ...roles)) throw new NoAccess();
  };
}

/** Leaves the login page once somebody is logged in: to the page that was asked for, or to the account's start page. */
export async function leaveIfLoggedIn({ search }: { search: { then?: string | undefined } }): Promise<void> {
  await sessionSettled();
  const session = sessionStore.get();
  if (session !== null) throw redirect({ href: search.then ?? homeOf(session.account.roles), replace: true });
}

interface OrderPage {
  location: { hash: string };
  params: { id: string };
  search: OrderSearch;
}

/** Takes the token out of a tracking link, and out of the address bar. The moment that the link names stays. */
export function takeTrackingLink({ location, params, search }: OrderPage): void {
  const token = tokenOfLink(location.hash);
  if (token === null) return;
  // What was shown or refused without it.
  queryClient.removeQueries({ queryKey: ['order', params.id] });
  keepGuestToken(params.id, token);
  throw redirect({ to: '/orders/$id', params, search, replace: true });
}
