import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { ReasonDialog } from '@/features/board/reason-dialog';
import { couriers, transfer } from '@/features/board/requests';
import type { Schema } from '@/shared/api/client';
import { asProblem } from '@/shared/api/problem';
import { SelectField } from '@/shared/components/select-field';
import { Sheet } from '@/shared/components/sheet';
import { Skeleton } from '@/shared/components/skeleton';
import { Notice } from '@/shared/components/states';

interface TransferProps {
  order: Schema<'Order'>;
  /** The courier who has the parcel. */
  from: string;
}

/** Transfers a picked-up parcel to another courier. */
export function TransferParcel({ order, from }: TransferProps) {
  const list = useQuery(couriers);
  const [chosen, setChosen] = useState<string | null>(null);
  const all = list.data ?? [];
  const options = all
    .filter((courier) => courier.id !== from)
    .map((courier) => ({ value: courier.id, label: courier.name }));
  const selected = options.find((option) => option.value === chosen) ?? options[0];
  return (
    <Sheet aria-label="Courier" className="flex flex-col items-start gap-3 p-4">
      {list.isPending && <Skeleton className="h-16 w-full" />}
      {list.isError && <Notice tone="bad">{asProblem(list.error).detail}</Notice>}
      {list.isSuccess && (
        <p>
          With <span className="font-semibold">{all.find(({ id }) => id === from)?.name ?? 'a courier'}</span>
        </p>
      )}
      {selected !== undefined && (
        <ReasonDialog
          orderId={order.id}
          action="Transfer to another courier"
          title="Transfer this parcel?"
          keep="Not now"
          variant="primary"
          reasonHint="The customer can't read this"
          done="Parcel transferred"
          choice={{ from_courier_id: from, courier_id: selected.value }}
          send={(body, key) => transfer(order.delivery_id, body, key)}
        >
          <p>
            The other courier must have the parcel in hand. The current courier can no longer see or update
            the delivery.
          </p>
          <SelectField label="New courier" options={options} value={selected.value} onChange={setChosen} />
        </ReasonDialog>
      )}
    </Sheet>
  );
}
