/**
 * The position that reads have to have reached: that of the last command of this page, so that people read what
 * they wrote. It is given to reads as `min_position`.
 */
let lastCommandPosition = 0;

export function rememberPosition(position: number): void {
  lastCommandPosition = Math.max(lastCommandPosition, position);
}

export function minPosition(): { min_position?: number } {
  return lastCommandPosition === 0 ? {} : { min_position: lastCommandPosition };
}
