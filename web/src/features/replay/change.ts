import * as v from 'valibot';

import type { Replay } from '@/features/replay/requests';

const number = v.number();
const text = v.string();
const maybe = v.nullable(text);

const checksum = v.object({ table: text, row_count: number, sha256: text });

const report = v.object({
  position: number,
  code_changed: v.boolean(),
  newly_parked: number,
  tables: v.array(
    v.object({
      live: checksum,
      replay: checksum,
      changed: number,
      missing: number,
      added: number,
      rows: v.array(
        v.object({
          key: text,
          difference: text,
          columns: v.array(text),
          values: v.array(v.object({ column: text, live: maybe, replay: maybe })),
        }),
      ),
    }),
  ),
});

const replay: v.GenericSchema<unknown, Replay> = v.object({
  projection: text,
  phase: v.picklist([
    'building',
    'catching_up',
    'ready',
    'verified',
    'switched',
    'paused',
    'failed',
    'cancelled',
  ]),
  position: number,
  target: number,
  events_per_s: v.nullable(number),
  eta_s: v.nullable(number),
  owner: maybe,
  error: maybe,
  waiting_for: maybe,
  reason: text,
  automatic: v.boolean(),
  requested_by: text,
  requested_at: text,
  started_at: maybe,
  throttle: v.nullable(number),
  workers: v.nullable(number),
  wanted: v.nullable(
    v.picklist(['start', 'pause', 'resume', 'cancel', 'verify', 'switch', 'roll_back', 'drop']),
  ),
  refused: maybe,
  report: v.nullable(report),
  switched_at: maybe,
  kept_until: maybe,
  dropped: maybe,
});

/** Parses a change of channel `replays`; null if it is of another kind or unreadable. */
export function readReplay(change: { kind: string; data: unknown }): Replay | null {
  if (change.kind !== 'replay.changed') return null;
  const parsed = v.safeParse(replay, change.data);
  return parsed.success ? parsed.output : null;
}
