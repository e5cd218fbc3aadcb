import { expect, it } from 'vitest';

import { readReplay } from '@/features/replay/change';
import { isEqual, verbsFor } from '@/features/replay/phases';
import type { Replay, Report } from '@/features/replay/requests';

const ready: Replay = {
  projection: 'orders',
  phase: 'ready',
  position: 7,
  target: 7,
  events_per_s: null,
  eta_s: null,
  owner: null,
  error: null,
  waiting_for: null,
  reason: 'requested',
  automatic: false,
  requested_by: 'account 1',
  requested_at: '2026-11-28T02:00:00Z',
  started_at: null,
  throttle: null,
  workers: null,
  wanted: null,
  refused: null,
  report: null,
  switched_at: null,
  kept_until: null,
  dropped: null,
};

function report(replaySha: string, newlyParked = 0): Report {
  const table = (sha256: string) => ({ table: 'orders', row_count: 3, sha256 });
  return {
    position: 7,
    code_changed: false,
    newly_parked: newlyParked,
    tables: [{ live: table('a'), replay: table(replaySha), changed: 1, missing: 0, added: 0, rows: [] }],
  };
}

it('offers what the phase allows, the next step first', () => {
  expect(verbsFor(undefined)).toEqual(['start']);
  expect(verbsFor(ready)).toEqual(['verify', 'switch', 'pause', 'cancel']);
  expect(verbsFor({ ...ready, phase: 'verified' })[0]).toBe('switch');
  expect(verbsFor({ ...ready, phase: 'building', automatic: true })).toEqual(['pause']);
  expect(verbsFor({ ...ready, wanted: 'verify' })).toEqual(['pause']);
  const switched: Replay = { ...ready, phase: 'switched', kept_until: '2026-11-29T02:00:00Z' };
  expect(verbsFor(switched)).toEqual(['roll_back', 'drop', 'start']);
  expect(verbsFor({ ...switched, wanted: 'roll_back' })).toEqual([]);
  expect(verbsFor({ ...switched, kept_until: null, dropped: 'its time is over' })).toEqual(['start']);
});

it('knows equal tables from differing ones', () => {
  expect(isEqual(report('a'))).toBe(true);
  expect(isEqual(report('b'))).toBe(false);
  expect(isEqual(report('a', 1))).toBe(false);
});

it('reads a change, and no other kind or shape', () => {
  const data = { ...ready, report: report('b') };
  expect(readReplay({ kind: 'replay.changed', data })).toEqual(data);
  expect(readReplay({ kind: 'order.changed', data })).toBeNull();
  expect(readReplay({ kind: 'replay.changed', data: { ...data, phase: 'unheard-of' } })).toBeNull();
});
