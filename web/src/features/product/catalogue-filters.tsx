import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, type SubmitEvent, useId, useState } from 'react';

import type { CatalogueSearch } from '@/features/product/search';
import { categoryList } from '@/shared/categories';
import { cn } from '@/shared/cn';
import { Button } from '@/shared/components/button';
import { CheckboxField } from '@/shared/components/checkbox-field';
import { inputClass } from '@/shared/components/input-class';
import { Skeleton } from '@/shared/components/skeleton';
import { submittedFields } from '@/shared/form';
import { moneyInput, parseMinor } from '@/shared/format/money';
import { humanize } from '@/shared/format/words';

interface FiltersProps {
  search: CatalogueSearch;
  onChange: (change: Partial<CatalogueSearch>) => void;
}

interface CatalogueFiltersProps extends FiltersProps {
  /** Whether the filters are shown on small screens; large screens always show them. */
  isOpen: boolean;
}

/** Catalogue filters: category, price and stock. */
export function CatalogueFilters({ search, onChange, isOpen }: CatalogueFiltersProps) {
  return (
    <div id="filters" className={cn('flex-col gap-6 lg:flex', isOpen ? 'flex' : 'hidden')}>
      <CategoryFacet search={search} onChange={onChange} />
      <PriceFilter key={`${search.min_price} ${search.max_price}`} search={search} onChange={onChange} />
      <CheckboxField
        label="In stock only"
        checked={search.in_stock ?? false}
        onChange={(isOn) => onChange({ in_stock: isOn ? true : undefined })}
      />
    </div>
  );
}

function CategoryFacet({ search, onChange }: FiltersProps) {
  const categories = useQuery(categoryList(search));
  if (categories.isError) return null; // The catalogue works without categories and shows its own errors.
  const all = { name: undefined, label: 'All categories', product_count: undefined };
  const found = categories.data ?? [];
  // The chosen category stays, even if nothing in it matches.
  const isMissing = search.category !== undefined && !found.some(({ name }) => name === search.category);
  const named = isMissing ? [...found, { name: search.category ?? '', product_count: 0 }] : found;
  const choices = [all, ...named.map((each) => ({ ...each, label: humanize(each.name) }))];
  return (
    <nav aria-label="Categories">
      <h2 className="font-semibold">Category</h2>
      <ul className="mt-2 flex flex-col">
        {choices.map(({ name, label, product_count: count }) => (
          <li key={name ?? label}>
            <button
              type="button"
              aria-pressed={search.category === name}
              onClick={() => onChange({ category: name })}
              className="flex min-h-8 w-full items-center justify-between gap-3 rounded-sm border-l-[3px] border-transparent px-2 text-left hover:bg-well aria-pressed:border-signal aria-pressed:font-semibold"
            >
              {label}
              {count !== undefined && (
                <span className="text-sm font-normal text-ink-soft figures">{count}</span>
              )}
            </button>
          </li>
        ))}
        {categories.isPending &&
          Array.from({ length: 6 }, (_, index) => <Skeleton key={index} className="my-1.5 h-5" />)}
      </ul>
    </nav>
  );
}

function PriceFilter({ search, onChange }: FiltersProps) {
  const [isWrong, setIsWrong] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const field = submittedFields(event);
    const [low, high] = [field('min'), field('max')].map((text) =>
      text.trim() === '' ? undefined : parseMinor(text),
    );
    const isBad = low === null || high === null;
    setIsWrong(isBad);
    if (!isBad) onChange({ min_price: low, max_price: high });
  };
  const shown = (minor: number | undefined) => (minor === undefined ? '' : moneyInput(minor));
  return (
    <form onSubmit={submit}>
      <h2 className="font-semibold">Price (£)</h2>
      <div className="mt-2 flex items-end gap-2">
        <PriceInput
          label="Minimum price"
          name="min"
          placeholder="Min"
          defaultValue={shown(search.min_price)}
        />
        <PriceInput
          label="Maximum price"
          name="max"
          placeholder="Max"
          defaultValue={shown(search.max_price)}
        />
        <Button type="submit" variant="secondary" className="px-3">
          Apply
        </Button>
      </div>
      {isWrong && (
        <p role="alert" className="mt-1 text-sm font-medium text-red">
          Enter a price like 12 or 12.50
        </p>
      )}
    </form>
  );
}

/** Plain input: `TextField` would add its library to the first load. */
function PriceInput({ label, ...input }: ComponentProps<'input'> & { label: string }) {
  const id = useId();
  return (
    <span className="flex min-w-0 grow flex-col">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <input {...input} id={id} inputMode="decimal" className={inputClass} />
    </span>
  );
}
