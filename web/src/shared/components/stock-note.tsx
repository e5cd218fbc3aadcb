import { cn } from '@/shared/cn';
import { Icon } from '@/shared/components/icon';

/** Stock at or below which the remaining units are highlighted. */
const LOW_STOCK = 5;

/** Availability in words. */
export function StockNote({ available, className }: { available: number; className?: string }) {
  if (available === 0) {
    return (
      <span className={cn('flex items-center gap-1.5 font-medium text-red', className)}>
        <Icon name="cancel" className="size-4" />
        Sold out
      </span>
    );
  }
  const isLow = available <= LOW_STOCK;
  return (
    <span
      className={cn(
        'flex items-center gap-1.5 figures',
        isLow ? 'font-medium text-amber' : 'text-ink-soft',
        className,
      )}
    >
      <Icon name={isLow ? 'warning' : 'check'} className="size-4" />
      {isLow
        ? available === 1
          ? 'Last one'
          : `Only ${available} left`
        : `${available.toLocaleString('en-GB')} in stock`}
    </span>
  );
}
