import { memo, useRef } from 'react';

import type { Schema } from '@/shared/api/client';
import { Badge } from '@/shared/components/badge';
import { useGlow } from '@/shared/components/glow';
import { OrderNumber } from '@/shared/components/order-number';
import { Price } from '@/shared/components/price';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { formatTime } from '@/shared/format/time';
import { orderStage, paymentLabel } from '@/shared/order/status';

interface OrderTableProps {
  rows: Schema<'OrderRow'>[];
  openId: string | undefined;
  onOpen: (id: string) => void;
}

const cell = 'px-3 py-1.5 first:pl-4 last:pr-4';
const wide = 'hidden md:table-cell';

export function OrderTable({ rows, openId, onOpen }: OrderTableProps) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-sheet">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Orders, newest first</caption>
        <thead className="border-b border-ink text-ink-soft">
          <tr>
            <th scope="col" className={`${cell} font-medium`}>
              Order
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              Status
            </th>
            <th scope="col" className={`${cell} ${wide} font-medium`}>
              Payment
            </th>
            <th scope="col" className={`${cell} ${wide} font-medium`}>
              Country
            </th>
            <th scope="col" className={`${cell} ${wide} text-right font-medium`}>
              Items
            </th>
            <th scope="col" className={`${cell} ${wide} text-right font-medium`}>
              Total
            </th>
            <th scope="col" className={`${cell} ${wide} text-right font-medium`}>
              Placed
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <OrderTableRow key={row.id} row={row} isOpen={row.id === openId} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface OrderTableRowProps {
  row: Schema<'OrderRow'>;
  isOpen: boolean;
  onOpen: (id: string) => void;
}

const OrderTableRow = memo(
  function OrderTableRow({ row, isOpen, onOpen }: OrderTableRowProps) {
    const element = useRef<HTMLTableRowElement>(null);
    useGlow(element, row.position);
    const stage = orderStage(row);
    return (
      <tr
        ref={element}
        className={isOpen ? 'relative bg-well' : 'relative hover:bg-well'}
        data-order={row.number}
      >
        <th scope="row" className={`${cell} font-normal`}>
          <button
            type="button"
            onClick={() => onOpen(row.id)}
            className="min-h-6 after:absolute after:inset-0"
            aria-haspopup="dialog"
          >
            <OrderNumber number={row.number} />
          </button>
          <Price money={row.total} className="mt-1 block text-ink-soft md:hidden" />
        </th>
        <td className={cell}>
          <Badge tone={stage.tone} icon={stage.icon}>
            {stage.label}
          </Badge>
        </td>
        <td className={`${cell} ${wide}`}>{paymentLabel(row.payment_status)}</td>
        <td className={`${cell} ${wide}`}>{row.country}</td>
        <td className={`${cell} ${wide} text-right figures`}>{row.line_count}</td>
        <td className={`${cell} ${wide} text-right`}>
          <Price money={row.total} />
        </td>
        <td className={`${cell} ${wide} text-right whitespace-nowrap figures`}>
          {formatTime(row.placed_at)}
        </td>
      </tr>
    );
  },
  (before, after) => before.row === after.row && before.isOpen === after.isOpen,
);

export function OrderTableSkeleton() {
  return (
    <div className="rounded-lg border border-line bg-sheet p-4">
      <Loading label="Loading orders" />
      {Array.from({ length: 10 }, (_, index) => (
        <Skeleton key={index} className="my-3 h-5" />
      ))}
    </div>
  );
}
