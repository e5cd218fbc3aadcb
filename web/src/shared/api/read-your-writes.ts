/**
 * Position of the last command of this page. Reads send it as `min_position`, so that they include the user's own
 * changes.
 */
let lastCommandPosition = 0;

export function rememberPosition(position: number): void {
  lastCommandPosition = Math.max(lastCommandPosition, position);
}

export function minPosition(): { min_position?: number } {
  return lastCommandPosition === 0 ? {} : { min_position: lastCommandPosition };
}
