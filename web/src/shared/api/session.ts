import * as v from 'valibot';

import { createStore } from '@/shared/store';

const accountSchema = v.object({
  id: v.string(),
  email: v.string(),
  name: v.string(),
  roles: v.array(v.picklist(['customer', 'seller', 'courier', 'admin', 'analyst', 'superadmin'])),
});

const sessionSchema = v.object({
  token: v.string(),
  /** Expiry of the token, in milliseconds since 1970. */
  expiresAt: v.number(),
  account: accountSchema,
});

export type Session = v.InferOutput<typeof sessionSchema>;
export type Role = Session['account']['roles'][number];

const KEY = 'waybill.session';

/** Restores the session of this tab after a reload. Its token may have expired: see `refresh.ts`. */
function restore(): Session | null {
  try {
    const parsed = v.safeParse(sessionSchema, JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

export const sessionStore = createStore<Session | null>(restore());

sessionStore.subscribe(() => {
  const session = sessionStore.get();
  if (session === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(session));
});

/** Whether the session expired or was revoked; the login page then explains why. */
export const sessionEndedStore = createStore(false);

export function startSession(token: string, expiresInS: number, account: Session['account']): void {
  sessionEndedStore.set(false);
  sessionStore.set({ token, expiresAt: Date.now() + expiresInS * 1000, account });
}

/** Ends the session because the server no longer accepts it. */
export function expireSession(): void {
  if (sessionStore.get() === null) return;
  sessionEndedStore.set(true);
  sessionStore.set(null);
}

/** Ends the session at the user's request. */
export function endSession(): void {
  sessionEndedStore.set(false);
  sessionStore.set(null);
}

export function hasRole(session: Session | null, ...roles: Role[]): boolean {
  return session?.account.roles.some((role) => role === 'superadmin' || roles.includes(role)) ?? false;
}
