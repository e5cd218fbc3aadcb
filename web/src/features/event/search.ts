import * as v from 'valibot';

const text = v.fallback(v.optional(v.pipe(v.string(), v.maxLength(200))), undefined);

/** URL parameters of the events screen: the conditions, and the event shown in the side panel. */
export const eventSearch = v.object({
  type: text,
  stream: text,
  actor: text,
  correlation_id: text,
  position: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined),
});

export type EventSearch = v.InferOutput<typeof eventSearch>;

/** The conditions of the list. */
export type EventConditions = Omit<EventSearch, 'position'>;

export const CONDITIONS = [
  { name: 'type', label: 'Type', hint: 'OrderPlaced' },
  { name: 'stream', label: 'Stream', hint: 'stock-85123A' },
  { name: 'actor', label: 'Actor', hint: 'policy:settlement' },
  { name: 'correlation_id', label: 'Correlation', hint: 'Shared by all events of an order' },
] as const;

/** The conditions alone, as part of query keys. */
export function conditionsOf({ type, stream, actor, correlation_id }: EventSearch): EventConditions {
  return { type, stream, actor, correlation_id };
}
