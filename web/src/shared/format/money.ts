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

/** "£823,747": for figures where pence are noise. */
export function formatMoneyRounded(minor: number, currency = 'GBP'): string {
  return format(currency, true).format(minor / 100);
}

export function multiply(money: Money, quantity: number): Money {
  return { ...money, minor: money.minor * quantity };
}

/** The sum of amounts of one currency; null when there are none. */
export function sum(amounts: Money[]): Money | null {
  const [first] = amounts;
  if (first === undefined) return null;
  return { currency: first.currency, minor: amounts.reduce((total, each) => total + each.minor, 0) };
}

/** Reads what somebody typed ("12.5", "£12.50") as minor units; null when it is no amount. */
export function parseMinor(text: string): number | null {
  const match = /^\s*£?\s*(\d{1,9})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  if (match === null) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** "12.50": an amount as it is typed. */
export function moneyInput(minor: number): string {
  return (minor / 100).toFixed(2);
}
