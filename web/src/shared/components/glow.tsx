import { type ReactNode, useEffect, useRef } from 'react';

interface GlowProps {
  /** When it changes, the children glow once. */
  when: string | number;
  children: ReactNode;
  className?: string;
}

/** Shows what changed: it glows once, and not for those who want no motion. */
export function Glow({ when, children, className }: GlowProps) {
  const box = useRef<HTMLDivElement>(null);
  useGlow(box, when);
  return (
    <div ref={box} className={className}>
      {children}
    </div>
  );
}

/** The same for an element that cannot be wrapped, such as a row of a table. */
export function useGlow(box: React.RefObject<HTMLElement | null>, when: string | number): void {
  const last = useRef(when);
  useEffect(() => {
    const element = box.current;
    if (element === null || last.current === when) return;
    last.current = when;
    element.classList.remove('animate-glow');
    element.getBoundingClientRect(); // Starts the animation anew.
    element.classList.add('animate-glow');
  }, [box, when]);
}
