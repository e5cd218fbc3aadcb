import { cn } from '@/shared/cn';
import { Icon } from '@/shared/components/icon';

/** At or below this many units people are told to hurry. */
const FEW = 5;

/** How many units there are, in words. */
export function StockNote({ available, className }: { available: number; className?: string }) {
  if (available === 0) {
    return (
      <span className={cn('flex items-center gap-1.5 font-medium text-red', className)}>
        <Icon name="cancel" className="size-4" />
        Sold out
      </span>
    );
  }
  const isFew = available <= FEW;
  return (
    <span
      className={cn(
        'flex items-center gap-1.5 figures',
        isFew ? 'font-medium text-amber' : 'text-ink-soft',
        className,
      )}
    >
      <Icon name={isFew ? 'warning' : 'check'} className="size-4" />
      {isFew
        ? available === 1
          ? 'Last one'
          : `Only ${available} left`
        : `${available.toLocaleString('en-GB')} in stock`}
    </span>
  );
}
