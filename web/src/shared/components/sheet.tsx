import type { ComponentProps, ReactNode } from 'react';

import { cn } from '@/shared/cn';

/** A piece of paper on the table: what belongs together. */
export function Sheet({ className, ...rest }: ComponentProps<'section'>) {
  return <section {...rest} className={cn('rounded-lg border border-line bg-sheet', className)} />;
}

/** A label: ink round it, its cells divided by lines. */
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

/** A cell of a label: what it is in small, what it says below. */
export function Cell({ caption, children, className }: CellProps) {
  return (
    <div className={cn('px-4 py-3', className)}>
      <p className="caption">{caption}</p>
      <div className="mt-0.5">{children}</div>
    </div>
  );
}
