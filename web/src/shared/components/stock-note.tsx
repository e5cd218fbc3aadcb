import type { Schema } from '@/shared/api/client';
import { cn } from '@/shared/cn';
import { Badge } from '@/shared/components/badge';
import { Icon } from '@/shared/components/icon';

/** Stock at or below which the remaining units are highlighted. */
const LOW_STOCK = 5;

interface StockNoteProps {
  product: Pick<Schema<'Product'>, 'status' | 'available'>;
  className?: string;
}

/** Availability in words. The stock of an unlisted product isn't available to anyone. */
export function StockNote({ product: { status, available }, className }: StockNoteProps) {
  if (status !== 'listed') return <Badge className={className}>Unlisted</Badge>;
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
