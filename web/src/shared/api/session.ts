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
  /** When the token stops counting, in milliseconds since 1970. */
  expiresAt: v.number(),
  account: accountSchema,
});

export type Session = v.InferOutput<typeof sessionSchema>;
export type Role = Session['account']['roles'][number];

const KEY = 'waybill.session';

/** The log-in of this tab. It survives a reload and ends with the tab. Its token may be over: see `refresh.ts`. */
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

/** Whether the log-in that just ended did so by itself; the log-in page then says why it is there. */
export const sessionEndedStore = createStore(false);

export function startSession(token: string, expiresInS: number, account: Session['account']): void {
  sessionEndedStore.set(false);
  sessionStore.set({ token, expiresAt: Date.now() + expiresInS * 1000, account });
}

/** Ends the log-in because the server no longer accepts the token. */
export function expireSession(): void {
  if (sessionStore.get() === null) return;
  sessionEndedStore.set(true);
  sessionStore.set(null);
}

/** Ends the log-in because the person wants it. */
export function endSession(): void {
  sessionEndedStore.set(false);
  sessionStore.set(null);
}

export function hasRole(session: Session | null, ...roles: Role[]): boolean {
  return session?.account.roles.some((role) => role === 'superadmin' || roles.includes(role)) ?? false;
}
