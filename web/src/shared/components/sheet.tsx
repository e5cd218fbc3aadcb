import type { ComponentProps, ReactNode } from 'react';

import { cn } from '@/shared/cn';

/** Card for related content. */
export function Sheet({ className, ...rest }: ComponentProps<'section'>) {
  return <section {...rest} className={cn('rounded-lg border border-line bg-sheet', className)} />;
}

/** Card in shipping-label style, with a dark border. */
export function Label({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section {...rest} className={cn('overflow-hidden rounded-lg border-2 border-ink bg-sheet', className)} />
  );
}

interface CellProps {
  caption: string;
  children: ReactNode;
  className?: string;
}

/** Captioned cell of a label. */
export function Cell({ caption, children, className }: CellProps) {
  return (
    <div className={cn('px-4 py-3', className)}>
      <p className="caption">{caption}</p>
      <div className="mt-0.5">{children}</div>
    </div>
  );
}
