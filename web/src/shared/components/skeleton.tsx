import { cn } from '@/shared/cn';

/** A place that is kept for something of this size; the screen's own status says that it loads. */
export function Skeleton({ className }: { className?: string }) {
  return <span className={cn('block animate-pulse rounded-sm bg-well', className)} aria-hidden="true" />;
}

/** Says politely that something loads, for those who do not see the skeletons. */
export function Loading({ label }: { label: string }) {
  return (
    <p role="status" className="sr-only">
      {label}
    </p>
  );
}
