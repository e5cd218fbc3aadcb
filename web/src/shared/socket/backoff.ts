/** Bounds of the delay between connection attempts. */
export interface BackoffOptions {
  baseMs: number;
  capMs: number;
}

/**
 * Random delay between zero and an exponential bound (full jitter), so that clients of a failed server do not
 * reconnect at the same time.
 */
export function fullJitterMs(attempt: number, random: () => number, options: BackoffOptions): number {
  const boundMs = Math.min(options.capMs, options.baseMs * 2 ** Math.min(attempt, 30));
  return Math.floor(random() * boundMs);
}
