import { type ReactNode, useEffect, useRef } from 'react';

interface GlowProps {
  /** Triggers the highlight when it changes. */
  when: string | number;
  children: ReactNode;
  className?: string;
}

/** Highlights its children once after a change. Respects reduced motion. */
export function Glow({ when, children, className }: GlowProps) {
  const box = useRef<HTMLDivElement>(null);
  useGlow(box, when);
  return (
    <div ref={box} className={className}>
      {children}
    </div>
  );
}

/** Same as `Glow`, for elements that can't be wrapped, such as table rows. */
export function useGlow(box: React.RefObject<HTMLElement | null>, when: string | number): void {
  const last = useRef(when);
  useEffect(() => {
    const element = box.current;
    if (element === null || last.current === when) return;
    last.current = when;
    element.classList.remove('animate-glow');
    element.getBoundingClientRect(); // Forces a reflow, which restarts the animation.
    element.classList.add('animate-glow');
  }, [box, when]);
}
