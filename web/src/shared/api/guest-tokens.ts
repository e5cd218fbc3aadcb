import * as v from 'valibot';

const KEY = 'waybill.guest-tokens';
/** Maximum number of guest orders that this browser remembers. */
const TOKENS_MAX = 20;

const tokensSchema = v.array(v.object({ orderId: v.string(), token: v.string() }));

function read(): v.InferOutput<typeof tokensSchema> {
  try {
    const parsed = v.safeParse(tokensSchema, JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}

/** Token that lets a guest read, pay for and follow this order. */
export function guestToken(orderId: string): string | null {
  return read().find((entry) => entry.orderId === orderId)?.token ?? null;
}

export function keepGuestToken(orderId: string, token: string): void {
  const others = read().filter((entry) => entry.orderId !== orderId);
  localStorage.setItem(KEY, JSON.stringify([{ orderId, token }, ...others].slice(0, TOKENS_MAX)));
}
