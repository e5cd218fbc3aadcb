import { useEffect, useState } from 'react';

/**
 * Whether `value` has been the same for `delayMs`. A button that changes its meaning stays disabled until then, so that
 * the second tap of a double tap has no effect.
 */
export function useSettled(value: unknown, delayMs: number): boolean {
  const [settled, setSettled] = useState<{ value: unknown } | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ value }), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled !== null && Object.is(settled.value, value);
}
