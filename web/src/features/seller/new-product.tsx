import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';

import { listProduct, refreshProduct } from '@/features/seller/requests';
import { categoryList } from '@/shared/categories';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';
import { readPrice } from '@/shared/form';

/** Form that lists a new product. */
export function NewProduct({ onDone }: { onDone: () => void }) {
  const queryClient = useQueryClient();
  const categories = useQuery(categoryList({}));
  const categoriesId = useId();
  const listing = useCommandForm({
    read: (fields) => ({
      sku: fields('sku').trim(),
      name: fields('name').trim(),
      description: fields('description').trim(),
      category: spelledAs(categories.data ?? [], fields('category')),
      price: { minor: readPrice(fields, 'price'), currency: 'GBP' as const },
    }),
    send: listProduct,
    onSuccess: ({ id }) => {
      toasts.add({ title: 'Product listed', description: id });
      onDone();
      return refreshProduct(queryClient, id);
    },
  });
  return (
    <CommandForm
      form={listing}
      actions={
        <Button type="submit" busy={listing.isPending}>
          List product
        </Button>
      }
    >
      <TextField label="Name" name="name" required maxLength={200} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label="SKU"
          name="sku"
          hint="Letters, digits, spaces and . _ -"
          required
          maxLength={64}
          pattern="[A-Za-z0-9 ._\-]+"
        />
        <TextField label="Category" name="category" required maxLength={100} list={categoriesId} />
        <datalist id={categoriesId}>
          {(categories.data ?? []).map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <TextField label="Price (£)" name="price" inputMode="decimal" required />
      </div>
      <TextField label="Description" name="description" rows={3} maxLength={5000} />
    </CommandForm>
  );
}

/** The typed category, in the spelling of an existing one that differs in capitals only. */
function spelledAs(existing: { name: string }[], typed: string): string {
  const category = typed.trim();
  const isSame = ({ name }: { name: string }) => name.toLowerCase() === category.toLowerCase();
  return existing.find(isSame)?.name ?? category;
}
