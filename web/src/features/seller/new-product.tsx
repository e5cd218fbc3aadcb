import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';

import { listProduct, myProductPages } from '@/features/seller/requests';
import { asProblem, formMessage } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { Notice } from '@/shared/components/states';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';
import { submittedFields } from '@/shared/form';
import { parseMinor } from '@/shared/format/money';

/** Form that lists a new product. */
export function NewProduct({ onDone }: { onDone: () => void }) {
  const queryClient = useQueryClient();
  const listing = useMutation({
    mutationFn: ({
      price,
      ...product
    }: Record<'sku' | 'name' | 'description' | 'category' | 'price', string>) => {
      const minor = parseMinor(price);
      if (minor === null || minor === 0) throw new Error('Enter a price like 12 or 12.50');
      return listProduct({ ...product, price: { minor, currency: 'GBP' } });
    },
    onSuccess: async ({ id }) => {
      toasts.add({ title: 'Product listed', description: id });
      onDone();
      await queryClient.invalidateQueries({ queryKey: myProductPages.queryKey });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const field = submittedFields(event);
    const text = (name: string) => field(name).trim();
    listing.mutate({
      sku: text('sku'),
      name: text('name'),
      description: text('description'),
      category: text('category').toLowerCase(),
      price: text('price'),
    });
  };
  const problem = listing.isError ? asProblem(listing.error) : null;
  const errorAt = (name: string) => problem?.errors.find((each) => each.pointer === `/${name}`)?.detail;
  return (
    <form onSubmit={submit} className="grid gap-3 sm:grid-cols-2">
      <TextField
        label="Name"
        name="name"
        required
        maxLength={200}
        error={errorAt('name')}
        className="sm:col-span-2"
      />
      <TextField
        label="SKU"
        name="sku"
        required
        maxLength={64}
        pattern="[A-Za-z0-9 ._\-]+"
        error={errorAt('sku')}
      />
      <TextField label="Category" name="category" required maxLength={100} error={errorAt('category')} />
      <TextField label="Price (£)" name="price" inputMode="decimal" required error={errorAt('price')} />
      <TextField
        label="Description"
        name="description"
        maxLength={5000}
        error={errorAt('description')}
        className="sm:col-span-2"
      />
      {problem !== null && (
        <div className="sm:col-span-2">
          <Notice tone="bad">{formMessage(problem)}</Notice>
        </div>
      )}
      <Button type="submit" busy={listing.isPending} className="sm:col-span-2">
        List product
      </Button>
    </form>
  );
}
