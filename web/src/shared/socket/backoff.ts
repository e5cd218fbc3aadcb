/** How long to wait between attempts to connect. */
export interface BackoffOptions {
  baseMs: number;
  capMs: number;
}

/**
 * Full jitter: anything between nothing and the exponential bound, so that clients that lost the same server do
 * not come back together.
 */
export function fullJitterMs(attempt: number, random: () => number, options: BackoffOptions): number {
  const boundMs = Math.min(options.capMs, options.baseMs * 2 ** Math.min(attempt, 30));
  return Math.floor(random() * boundMs);
}
