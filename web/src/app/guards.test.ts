import { isRedirect } from '@tanstack/react-router';
import { afterEach, expect, it } from 'vitest';

import { leaveIfLoggedIn, requireRole, takeTrackingLink } from '@/app/guards';
import { NoAccess } from '@/app/shell/no-access';
import { guestToken } from '@/shared/api/guest-tokens';
import { endSession, type Role, startSession } from '@/shared/api/session';

const logIn = (...roles: Role[]) =>
  startSession('token', 900, { id: 'a', email: 'a@example.com', name: 'A', roles });

/** What the guard throws; undefined if it lets the visitor pass. */
async function outcome(guard: Promise<void>): Promise<unknown> {
  return guard.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}

const open = (...roles: Role[]) => outcome(requireRole(...roles)({ location: { href: '/admin?tab=1' } }));

afterEach(endSession);

it('asks a stranger to log in, and remembers the page', async () => {
  const thrown = await open('admin');
  expect(isRedirect(thrown) && thrown.options).toMatchObject({
    to: '/login',
    search: { then: '/admin?tab=1' },
  });
});

it('does not ask an account without the role to log in', async () => {
  logIn('customer');
  expect(await open('admin')).toBeInstanceOf(NoAccess);
  expect(await open()).toBeUndefined();
});

it('lets a superadmin open every page', async () => {
  logIn('superadmin');
  expect(await open('courier')).toBeUndefined();
});

it('takes an account from the login page to the page that it wanted, or to its start page', async () => {
  expect(await outcome(leaveIfLoggedIn({ search: {} }))).toBeUndefined();
  logIn('courier');
  const wanted = await outcome(leaveIfLoggedIn({ search: { then: '/orders' } }));
  expect(isRedirect(wanted) && wanted.options.href).toBe('/orders');
  const start = await outcome(leaveIfLoggedIn({ search: {} }));
  expect(isRedirect(start) && start.options.href).toBe('/courier');
});

it('takes the token out of a tracking link, and opens the order without it', () => {
  const search = { version: 2 };
  const follow = (hash: string) => () =>
    takeTrackingLink({ location: { hash }, params: { id: 'o1' }, search });
  expect(follow('')).not.toThrow();
  expect(follow('#notes')).not.toThrow();
  expect(guestToken('o1')).toBeNull();
  let thrown: unknown;
  try {
    follow('#token=a.b.c')();
  } catch (error) {
    thrown = error;
  }
  expect(isRedirect(thrown) && thrown.options).toMatchObject({
    to: '/orders/$id',
    search,
    replace: true,
  });
  expect(guestToken('o1')).toBe('a.b.c');
});
