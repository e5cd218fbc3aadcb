import * as v from 'valibot';

import type { Schema } from '@/shared/api/client';

const number = v.number();
const text = v.string();

const consumer = v.object({
  name: text,
  state: v.picklist(['running', 'rebuilding', 'parked', 'stopped']),
  position: number,
  lag: number,
  parked: number,
  error: v.nullable(text),
  lag_s: number,
});

const system: v.GenericSchema<unknown, Schema<'SystemStatus'>> = v.object({
  read_at: text,
  version: text,
  started_at: text,
  concerns: v.array(text),
  postgres: v.object({
    is_reachable: v.boolean(),
    answered_in_ms: v.nullable(number),
    pools: v.array(v.object({ name: text, in_use: number, idle: number, max: number })),
  }),
  log: v.object({
    kind: text,
    head: v.nullable(number),
    relay: v.nullable(
      v.object({ is_broker_up: v.nullable(v.boolean()), position: number, lag: number, lag_s: number }),
    ),
  }),
  projections: v.array(consumer),
  policies: v.array(consumer),
  sockets: v.nullable(
    v.object({
      open: number,
      opened: number,
      deliveries: number,
      lagged: number,
      conflated: number,
      evicted: number,
      position: number,
      is_serving: v.boolean(),
    }),
  ),
  disk: v.nullable(v.object({ free_bytes: number, total_bytes: number, free_bytes_min: number })),
});

/** Parses a change of channel `metrics`; null if it is of another kind or unreadable. */
export function readSystem(change: { kind: string; data: unknown }): Schema<'SystemStatus'> | null {
  if (change.kind !== 'system.changed') return null;
  const parsed = v.safeParse(system, change.data);
  return parsed.success ? parsed.output : null;
}
