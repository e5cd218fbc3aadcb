import * as v from 'valibot';

import { createStore } from '@/shared/store';

const roleSchema = v.picklist(['customer', 'seller', 'courier', 'admin', 'analyst', 'superadmin']);

export type Role = v.InferOutput<typeof roleSchema>;

export interface Session {
  /** Access token. Kept in memory only. */
  token: string;
  /** Expiry of the token, in milliseconds since 1970. */
  expiresAt: number;
  account: { id: string; email: string; name: string; roles: Role[] };
}

const hintSchema = v.object({ id: v.string(), roles: v.array(roleSchema) });

/** Account that is logged in to this browser, without any secret. */
type AccountHint = v.InferOutput<typeof hintSchema>;

const KEY = 'waybill.account';

/** Whether this browser lets the page store the hint. If not, the session lasts until the page is left. */
let isStored = true;

function readHint(): AccountHint | null {
  try {
    const parsed = v.safeParse(hintSchema, JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return parsed.success ? parsed.output : null;
  } catch (error) {
    isStored = error instanceof SyntaxError;
    return null;
  }
}

function writeHint(hint: AccountHint | null): void {
  try {
    if (hint === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(hint));
  } catch {
    isStored = false;
  }
  setHint(hint);
}

function setHint(hint: AccountHint | null): void {
  if (JSON.stringify(hint) !== JSON.stringify(hintStore.get())) hintStore.set(hint);
}

/** Session of this page; null without one, and until `refresh.ts` has restored it. */
export const sessionStore = createStore<Session | null>(null);

/**
 * Account that the session of the browser belongs to. All tabs share it, and the refresh cookie: a tab whose session
 * differs from it must refresh.
 */
export const hintStore = createStore<AccountHint | null>(readHint());

/** Whether the session expired or ended elsewhere; the login page then explains why. */
export const sessionEndedStore = createStore(false);

/** Whether this page has the session of the browser, or knows that there is none. */
export function isSessionKnown(): boolean {
  return sessionStore.get()?.account.id === hintStore.get()?.id;
}

export function startSession(token: string, expiresInS: number, account: Session['account']): void {
  sessionEndedStore.set(false);
  sessionStore.set({ token, expiresAt: Date.now() + expiresInS * 1000, account });
  writeHint({ id: account.id, roles: account.roles });
}

/** Ends the session because the server no longer accepts it. */
export function expireSession(): void {
  if (sessionStore.get() === null && hintStore.get() === null) return;
  end(true);
}

/** Ends the session at the user's request. */
export function endSession(): void {
  end(false);
}

function end(isUnexpected: boolean): void {
  sessionEndedStore.set(isUnexpected);
  writeHint(null);
  sessionStore.set(null);
}

/** Takes over a login or logout of another tab. The new session is fetched by `refresh.ts`. */
export function followOtherTabs(): void {
  if (!isStored) return;
  setHint(readHint());
  if (sessionStore.get() === null || isSessionKnown()) return;
  sessionEndedStore.set(hintStore.get() === null);
  sessionStore.set(null);
}

if (typeof window !== 'undefined') {
  window.addEventListener('storage', (event) => {
    if (event.key === KEY || event.key === null) followOtherTabs();
  });
  // A page restored from the back/forward cache has missed events.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) followOtherTabs();
  });
}

export function hasRole(session: { account: { roles: Role[] } } | null, ...roles: Role[]): boolean {
  return session?.account.roles.some((role) => role === 'superadmin' || roles.includes(role)) ?? false;
}
