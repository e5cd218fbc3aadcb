import { useSyncExternalStore } from 'react';
import * as v from 'valibot';

import { createStore } from '@/shared/store';

const KEY = 'waybill.guest-tokens';
/** Maximum number of guest orders that this browser remembers. */
const TOKENS_MAX = 20;

const tokensSchema = v.array(v.object({ orderId: v.string(), token: v.string() }));

type Tokens = v.InferOutput<typeof tokensSchema>;

/** Tokens that the browser does not let the page store. They last until the page is left. */
let unstored: Tokens = [];

/** Counts the changes of the tokens. */
const changes = createStore(0);

function read(): Tokens {
  try {
    const parsed = v.safeParse(tokensSchema, JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}

function write(tokens: Tokens): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(tokens.slice(0, TOKENS_MAX)));
    unstored = [];
  } catch {
    unstored = tokens;
  }
  changes.set(changes.get() + 1);
}

/** Token that lets a guest read, pay for and follow this order. */
export function guestToken(orderId: string): string | null {
  return [...unstored, ...read()].find((entry) => entry.orderId === orderId)?.token ?? null;
}

/** The same, up to date. */
export function useGuestToken(orderId: string): string | null {
  return useSyncExternalStore(changes.subscribe, () => guestToken(orderId));
}

export function keepGuestToken(orderId: string, token: string): void {
  write([{ orderId, token }, ...without(orderId)]);
}

/** Forgets a token that the server no longer accepts. */
export function forgetGuestToken(orderId: string): void {
  write(without(orderId));
}

function without(orderId: string): Tokens {
  return [...unstored, ...read()].filter((entry) => entry.orderId !== orderId);
}

const LINK_PREFIX = 'token=';

/**
 * Link that opens a guest's order in any browser. The token is in the fragment, which browsers send to no server: no log
 * and no referrer has it.
 */
export function trackingLink(orderId: string, token: string): string {
  return `${window.location.origin}/orders/${orderId}#${LINK_PREFIX}${token}`;
}

/**
 * Token in the fragment of a tracking link; null without one. It may have been copied with a character of the text
 * around it, such as a full stop.
 */
export function tokenOfLink(fragment: string): string | null {
  const text = fragment.replace(/^#/, '');
  if (!text.startsWith(LINK_PREFIX)) return null;
  return /^[\w-]+\.[\w-]+\.[\w-]+/.exec(text.slice(LINK_PREFIX.length))?.[0] ?? null;
}
