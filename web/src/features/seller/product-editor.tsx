import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode, SubmitEvent } from 'react';

import {
  adjustStock,
  changePrice,
  myProductPages,
  receiveStock,
  stockQuery,
  withdrawProduct,
} from '@/features/seller/requests';
import type { Schema } from '@/shared/api/client';
import { asProblem } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { Cell, Label, Sheet } from '@/shared/components/sheet';
import { Notice } from '@/shared/components/states';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';
import { type Fields, submittedFields } from '@/shared/form';
import { moneyInput, parseMinor } from '@/shared/format/money';

/** Runs a command on the product, shows a toast and reloads the affected data. */
function useCommand(sku: string, done: string, command: (fields: Fields) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: command,
    onSuccess: async () => {
      toasts.add({ title: done });
      const keys = [myProductPages.queryKey, stockQuery(sku).queryKey, ['product', sku]];
      await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
  });
}

/** Stock and seller actions of one product. */
export function ProductEditor({ product }: { product: Schema<'Product'> }) {
  const { sku, price } = product;
  const repricing = useCommand(sku, 'Price updated', (field) => {
    const minor = parseMinor(field('price'));
    if (minor === null || minor === 0) throw new Error('Enter a price like 12 or 12.50');
    return changePrice(sku, { minor, currency: price.currency });
  });
  const receiving = useCommand(sku, 'Stock received', (field) =>
    receiveStock(sku, Number(field('quantity')), field('reference')),
  );
  const adjusting = useCommand(sku, 'Stock adjusted', (field) =>
    adjustStock(sku, Number(field('delta')), field('reason')),
  );
  const withdrawing = useCommand(sku, 'Product unlisted', () => withdrawProduct(sku));
  return (
    <div className="flex flex-col gap-4">
      <StockCells sku={sku} />
      <CommandForm title="Price" action="Update price" command={repricing}>
        <TextField
          label="Price (£)"
          name="price"
          inputMode="decimal"
          required
          defaultValue={moneyInput(price.minor)}
        />
      </CommandForm>
      <CommandForm title="Receive stock" action="Receive" command={receiving}>
        <TextField label="Quantity" name="quantity" type="number" min={1} max={1_000_000} required />
        <TextField label="Reference" name="reference" maxLength={1000} />
      </CommandForm>
      <CommandForm title="Adjust stock" action="Adjust" command={adjusting}>
        <TextField
          label="Change (+ or −)"
          name="delta"
          type="number"
          min={-1_000_000}
          max={1_000_000}
          required
        />
        <TextField label="Reason" name="reason" required maxLength={1000} />
      </CommandForm>
      {product.status === 'listed' && (
        <Button
          variant="danger"
          className="self-start"
          busy={withdrawing.isPending}
          onClick={() => withdrawing.mutate(() => '')}
        >
          Unlist product
        </Button>
      )}
      {withdrawing.isError && <Notice tone="bad">{asProblem(withdrawing.error).detail}</Notice>}
    </div>
  );
}

function StockCells({ sku }: { sku: string }) {
  const stock = useQuery(stockQuery(sku)).data;
  const cells = [
    { caption: 'On hand', count: stock?.on_hand },
    { caption: 'Reserved', count: stock?.reserved },
    { caption: 'Sold', count: stock?.committed },
    { caption: 'Available', count: stock?.available },
  ];
  return (
    <Label aria-label="Stock" className="grid grid-cols-2 divide-x divide-line sm:grid-cols-4">
      {cells.map(({ caption, count }) => (
        <Cell key={caption} caption={caption}>
          <span className="text-lg font-semibold figures">{count?.toLocaleString('en-GB') ?? '–'}</span>
        </Cell>
      ))}
    </Label>
  );
}

interface CommandFormProps {
  title: string;
  action: string;
  command: ReturnType<typeof useCommand>;
  children: ReactNode;
}

function CommandForm({ title, action, command, children }: CommandFormProps) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => command.mutate(submittedFields(event));
  return (
    <Sheet className="p-4">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <h3 className="font-semibold">{title}</h3>
        <div className="grid gap-3 sm:grid-cols-2">{children}</div>
        {command.isError && <Notice tone="bad">{asProblem(command.error).detail}</Notice>}
        <Button type="submit" variant="secondary" className="self-start" busy={command.isPending}>
          {action}
        </Button>
      </form>
    </Sheet>
  );
}
