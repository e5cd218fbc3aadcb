import * as v from 'valibot';

const text = v.fallback(v.optional(v.pipe(v.string(), v.maxLength(200))), undefined);

/** URL parameters of the dead letters screen: the conditions, and the dead letter shown in the side panel. */
export const deadLetterSearch = v.object({
  consumer: text,
  event_type: text,
  error: text,
  since: text,
  key: text,
  id: text,
});

export type DeadLetterSearch = v.InferOutput<typeof deadLetterSearch>;

/** The conditions of the list. */
export type DeadLetterConditions = Omit<DeadLetterSearch, 'id'>;

export const CONDITIONS = [
  { name: 'consumer', label: 'Projection or policy', hint: 'orders' },
  { name: 'event_type', label: 'Event type', hint: 'OrderPlaced' },
  { name: 'error', label: 'Error contains', hint: 'unavailable' },
  { name: 'since', label: 'Since', hint: '2026-03-01T09:30:00Z' },
  { name: 'key', label: 'Key', hint: 'Order id or SKU' },
] as const;

/** The conditions alone, as part of query keys. */
export function conditionsOf(search: DeadLetterSearch): DeadLetterConditions {
  const { consumer, event_type, error, since, key } = search;
  return { consumer, event_type, error, since, key };
}
