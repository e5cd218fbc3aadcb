import { useQuery, useQueryClient } from '@tanstack/react-query';

import { AdjustForm } from '@/features/seller/adjust-form';
import { EditorForm } from '@/features/seller/editor-form';
import { RelistNotice } from '@/features/seller/relist-notice';
import {
  changePrice,
  levelsQuery,
  receiveStock,
  refreshProduct,
  stockQuery,
} from '@/features/seller/requests';
import { StockChart } from '@/features/seller/stock-chart';
import { UnlistButton } from '@/features/seller/unlist-button';
import type { Schema } from '@/shared/api/client';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Cell, Label } from '@/shared/components/sheet';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';
import { readPrice } from '@/shared/form';
import { moneyInput } from '@/shared/format/money';
import { reload } from '@/shared/reload';

/** Shows a toast and reloads the data of the product. */
function useDone(sku: string) {
  const queryClient = useQueryClient();
  return async (title: string) => {
    toasts.add({ title });
    await Promise.all([
      refreshProduct(queryClient, sku),
      reload(queryClient, stockQuery(sku)),
      reload(queryClient, levelsQuery(sku)),
    ]);
  };
}

/** Stock and seller actions of one product. */
export function ProductEditor({ product }: { product: Schema<'Product'> }) {
  const { sku } = product;
  const isListed = product.status === 'listed';
  const done = useDone(sku);
  return (
    <div className="flex flex-col gap-4">
      {!isListed && <RelistNotice sku={sku} onDone={() => done('Product listed again')} />}
      <StockCells sku={sku} isListed={isListed} />
      <StockChart sku={sku} />
      <PriceForm product={product} onDone={() => done('Price updated')} />
      <ReceiveForm sku={sku} onDone={() => done('Stock received')} />
      <AdjustForm sku={sku} onDone={() => done('Stock adjusted')} />
      {isListed && <UnlistButton product={product} onDone={() => done('Product unlisted')} />}
    </div>
  );
}

function PriceForm({ product, onDone }: { product: Schema<'Product'>; onDone: () => Promise<void> }) {
  const { sku, price } = product;
  const form = useCommandForm({
    read: (fields) => ({ minor: readPrice(fields, 'price'), currency: price.currency }),
    send: (next, key) => changePrice(sku, next, key),
    onSuccess: onDone,
  });
  return (
    <EditorForm title="Price" action="Update price" form={form}>
      <TextField
        label="Price (£)"
        name="price"
        inputMode="decimal"
        required
        defaultValue={moneyInput(price.minor)}
      />
    </EditorForm>
  );
}

function ReceiveForm({ sku, onDone }: { sku: string; onDone: () => Promise<void> }) {
  const form = useCommandForm({
    read: (fields) => ({ quantity: Number(fields('quantity')), reference: fields('reference').trim() }),
    send: (receipt, key) => receiveStock(sku, receipt, key),
    onSuccess: onDone,
  });
  return (
    <EditorForm title="Receive stock" action="Receive" form={form}>
      <TextField label="Quantity" name="quantity" type="number" min={1} max={1_000_000} required />
      <TextField label="Reference" name="reference" placeholder="Delivery note 4711" maxLength={1000} />
    </EditorForm>
  );
}

function StockCells({ sku, isListed }: { sku: string; isListed: boolean }) {
  const stock = useQuery(stockQuery(sku)).data;
  const cells = [
    { caption: 'On hand', count: stock?.on_hand },
    { caption: 'Reserved', count: stock?.reserved },
    { caption: 'Sold', count: stock?.committed },
    // Customers can't order an unlisted product.
    { caption: 'Available', count: isListed ? stock?.available : 0 },
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
