import type { Replay, Report, Verb } from '@/features/replay/requests';
import type { Tone } from '@/shared/components/badge';

type Phase = Replay['phase'];

export const PHASES: Record<Phase, { label: string; tone: Tone }> = {
  building: { label: 'Building', tone: 'progress' },
  catching_up: { label: 'Catching up', tone: 'progress' },
  ready: { label: 'Ready', tone: 'wait' },
  verified: { label: 'Verified', tone: 'wait' },
  switched: { label: 'Serving', tone: 'done' },
  paused: { label: 'Paused', tone: 'plain' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'plain' },
};

/** What the owner of a replay is about to do. */
export const WANTED: Partial<Record<Verb, string>> = {
  verify: 'Comparing rows…',
  switch: 'Switching…',
  roll_back: 'Rolling back…',
};

/** Why a replay was started. */
export const REASONS: Record<string, string> = {
  requested: 'on request',
  new: 'because the projection is new',
  code_version: 'because its code changed',
  position: 'because its rows were behind',
};

/** Whether its tables are being filled. */
export function isFilling({ phase }: Replay): boolean {
  return phase === 'building' || phase === 'catching_up';
}

/** What can be done with a projection now, most likely next step first. The server decides. */
export function verbsFor(replay: Replay | undefined): Verb[] {
  if (replay === undefined) return ['start'];
  if (replay.wanted !== null) return replay.phase === 'switched' ? [] : ['pause'];
  const cancel: Verb[] = replay.automatic ? [] : ['cancel'];
  switch (replay.phase) {
    case 'building':
    case 'catching_up':
      return ['pause', ...cancel];
    case 'ready':
      return ['verify', 'switch', 'pause', ...cancel];
    case 'verified':
      return ['switch', 'verify', 'pause', ...cancel];
    case 'paused':
      return ['resume', ...cancel];
    case 'failed':
      return ['resume', 'start', ...cancel];
    case 'switched':
      return replay.kept_until === null ? ['start'] : ['roll_back', 'drop', 'start'];
    case 'cancelled':
      return ['start'];
  }
}

/** Whether the tables are equal to the live ones, and no further event is parked. */
export function isEqual(report: Report): boolean {
  return (
    report.newly_parked === 0 && report.tables.every(({ live, replay }) => live.sha256 === replay.sha256)
  );
}

/** Rows that differ, over all tables. */
export function differing(report: Report): number {
  return report.tables.reduce((sum, { changed, missing, added }) => sum + changed + missing + added, 0);
}
