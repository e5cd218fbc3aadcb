import { cn } from '@/shared/cn';

/** Placeholder shown while content loads. Pair it with `Loading` for screen readers. */
export function Skeleton({ className }: { className?: string }) {
  return <span className={cn('block animate-pulse rounded-sm bg-well', className)} aria-hidden="true" />;
}

/** Announces loading to screen readers. */
export function Loading({ label }: { label: string }) {
  return (
    <p role="status" className="sr-only">
      {label}
    </p>
  );
}
