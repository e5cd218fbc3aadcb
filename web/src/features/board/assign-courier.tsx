import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { assign, boardOrder, couriers } from '@/features/board/requests';
import type { Schema } from '@/shared/api/client';
import { asProblem } from '@/shared/api/problem';
import { useCommand } from '@/shared/command/use-command';
import { Button } from '@/shared/components/button';
import { FormProblem } from '@/shared/components/form-problem';
import { SelectField } from '@/shared/components/select-field';
import { Sheet } from '@/shared/components/sheet';
import { Skeleton } from '@/shared/components/skeleton';
import { Notice } from '@/shared/components/states';
import { toasts } from '@/shared/components/toasts';

/** Assigns the order's delivery to a courier. */
export function AssignCourier({ order }: { order: Schema<'Order'> }) {
  const queryClient = useQueryClient();
  const list = useQuery(couriers);
  const [chosen, setChosen] = useState<string | null>(null);
  const assigning = useCommand({
    send: (courierId: string, key) => assign(order.delivery_id, courierId, key),
    onSuccess: async () => {
      toasts.add({ title: 'Courier assigned', description: order.number });
      await queryClient.invalidateQueries({ queryKey: boardOrder(order.id).queryKey });
    },
  });
  const options = (list.data ?? []).map((courier) => ({ value: courier.id, label: courier.name }));
  const selected = chosen ?? order.courier_id ?? options[0]?.value;
  return (
    <Sheet aria-label="Courier" className="flex flex-col gap-3 p-4">
      {list.isPending && <Skeleton className="h-16" />}
      {list.isError && <Notice tone="bad">{asProblem(list.error).detail}</Notice>}
      {list.isSuccess && selected === undefined && (
        <p className="text-ink-soft">No couriers yet. Create a courier account first.</p>
      )}
      {selected !== undefined && options.length > 0 && (
        <div className="flex items-end gap-2">
          <SelectField
            label="Courier"
            options={options}
            value={selected}
            onChange={setChosen}
            className="grow"
          />
          <Button
            busy={assigning.isPending}
            disabled={selected === order.courier_id}
            onClick={() => assigning.run(selected)}
          >
            {order.courier_id == null ? 'Assign' : 'Reassign'}
          </Button>
        </div>
      )}
      <FormProblem error={assigning.error} />
    </Sheet>
  );
}
