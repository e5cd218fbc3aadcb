import type { Schema } from '@/shared/api/client';
import { cn } from '@/shared/cn';
import { formatMoney } from '@/shared/format/money';

export function Price({ money, className }: { money: Schema<'Money'>; className?: string }) {
  return <span className={cn('whitespace-nowrap figures', className)}>{formatMoney(money)}</span>;
}

interface CostRowProps {
  label: string;
  money: Schema<'Money'>;
  isTotal?: boolean;
}

/** One row of a cost breakdown. */
export function CostRow({ label, money, isTotal = false }: CostRowProps) {
  return (
    <div
      className={cn(
        'flex items-baseline justify-between gap-4',
        isTotal && 'mt-2 border-t-2 perforation pt-3 text-lg font-semibold',
      )}
    >
      <dt>{label}</dt>
      <dd>
        <Price money={money} />
      </dd>
    </div>
  );
}
