import { Barcode } from '@/shared/components/barcode';
import { cn } from '@/shared/cn';

interface OrderNumberProps {
  number: string;
  /** `label` includes the barcode. */
  size?: 'inline' | 'label';
  className?: string;
}

/** Order number in label style. */
export function OrderNumber({ number, size = 'inline', className }: OrderNumberProps) {
  if (size === 'inline') {
    return (
      <span
        className={cn(
          'inline-block rounded-sm border border-ink bg-sheet px-1.5 text-sm font-semibold tracking-wider whitespace-nowrap text-ink figures',
          className,
        )}
      >
        {number}
      </span>
    );
  }
  return (
    <span className={cn('inline-flex flex-col gap-1.5', className)} data-order={number}>
      <Barcode text={number} className="h-12 w-full min-w-48" />
      <span className="sr-only">{number}</span>
      <span className="flex justify-between text-base font-semibold figures" aria-hidden="true">
        {number.split('').map((letter, index) => (
          <span key={index}>{letter}</span>
        ))}
      </span>
    </span>
  );
}
