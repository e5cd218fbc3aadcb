/**
 * The position that reads have to have reached: that of the last command of this page, so that people read what
 * they wrote. It is given to reads as `min_position`.
 */
let floor = 0;

export function raiseFloor(position: number): void {
  floor = Math.max(floor, position);
}

export function minPosition(): { min_position?: number } {
  return floor === 0 ? {} : { min_position: floor };
}
