import type { Schema } from '@/shared/api/client';

type Money = Schema<'Money'>;

const formats = new Map<string, Intl.NumberFormat>();

function format(currency: string, wholeUnits: boolean): Intl.NumberFormat {
  const key = `${currency} ${wholeUnits ? 0 : 2}`;
  let cached = formats.get(key);
  if (cached === undefined) {
    cached = new Intl.NumberFormat('en-GB', {
      style: 'currency',
      currency,
      maximumFractionDigits: wholeUnits ? 0 : 2,
    });
    formats.set(key, cached);
  }
  return cached;
}

/** "£12.75" */
export function formatMoney(money: Money): string {
  return format(money.currency, false).format(money.minor / 100);
}

/** "£823,747": without pence, for large amounts. */
export function formatMoneyRounded(money: Money): string {
  return format(money.currency, true).format(money.minor / 100);
}

export function multiply(money: Money, quantity: number): Money {
  return { ...money, minor: money.minor * quantity };
}

/** Sums amounts of one currency; null for an empty list. */
export function sum(amounts: Money[]): Money | null {
  const [first] = amounts;
  if (first === undefined) return null;
  return { currency: first.currency, minor: amounts.reduce((total, each) => total + each.minor, 0) };
}

/** Parses input such as "12.5" or "£12.50" as minor units; null if it is not an amount. */
export function parseMinor(text: string): number | null {
  const match = /^\s*£?\s*(\d{1,9})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  if (match === null) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** "12.50": an amount for an input field. */
export function moneyInput(minor: number): string {
  return (minor / 100).toFixed(2);
}
