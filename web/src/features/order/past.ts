import type { Moment } from '@/features/order/search';
import type { Schema } from '@/shared/api/client';
import { formatMoney } from '@/shared/format/money';
import { formatTime } from '@/shared/format/time';
import { humanize } from '@/shared/format/words';

type HistoryEvent = Schema<'HistoryEvent'>;
type Currency = Schema<'Money'>['currency'];

/** The moment right after an event. Events of the order have a version; those of its payment or delivery do not. */
export function momentAfter(event: Pick<HistoryEvent, 'stream_id' | 'version' | 'position'>): Moment {
  return event.stream_id.startsWith('order-') ? { version: event.version } : { position: event.position };
}

/** Index of the last event up to a position; 0 if all came later. */
export function indexAt(events: readonly Pick<HistoryEvent, 'position'>[], position: number): number {
  return Math.max(
    0,
    events.findLastIndex((event) => event.position <= position),
  );
}

/** "PaymentAuthorised" → "Payment authorised" */
export function eventName(type: string): string {
  return humanize(type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
}

const ROLES: Record<Schema<'ActorRole'>, string> = {
  customer: 'the customer',
  guest: 'the customer',
  seller: 'a seller',
  courier: 'the courier',
  staff: 'support',
  policy: 'Waybill, automatically',
  tool: 'an operator’s tool',
};

/** Who caused an event, as the end of "By …". */
export function actorName({ role, is_own }: Pick<HistoryEvent, 'role' | 'is_own'>): string {
  return is_own ? 'you' : ROLES[role];
}

const NAMES: Partial<Record<string, string>> = { minor: '', id: 'ID' };

/** "/lines/0/returned_quantity" → "Lines 1, returned quantity": the name of a changed field. */
export function fieldName(pointer: string): string {
  const words = pointer
    .split('/')
    .slice(1)
    .map((part) =>
      /^\d+$/.test(part) ? String(Number(part) + 1) : (NAMES[part] ?? part.replaceAll('_', ' ')),
    )
    .filter((part) => part !== '');
  const name = words.join(', ').replace(/([a-z]), (\d)/g, '$1 $2');
  return humanize(name);
}

const TIME = /^\d{4}-\d\d-\d\dT/;

/** A value of a field for people. Amounts are in minor units of the order's currency. */
export function fieldValue(pointer: string, value: unknown, currency: Currency): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (pointer.endsWith('/minor') && typeof value === 'number') return formatMoney({ minor: value, currency });
  if (typeof value === 'string') {
    if (TIME.test(value)) return formatTime(value);
    return pointer.endsWith('status') ? humanize(value) : value;
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return 'none';
  return typeof value === 'number' ? value.toLocaleString('en-GB') : JSON.stringify(value);
}
