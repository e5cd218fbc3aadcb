import { useState } from 'react';

import type { SellerSearch } from '@/features/seller/search';
import { Segments } from '@/shared/components/segments';
import { TextField } from '@/shared/components/text-field';

interface ProductFiltersProps {
  search: SellerSearch;
  onChange: (change: Partial<SellerSearch>) => void;
}

const STATES = [
  { value: 'all', label: 'All' },
  { value: 'listed', label: 'Listed' },
  { value: 'sold-out', label: 'Sold out' },
  { value: 'unlisted', label: 'Unlisted' },
] as const;

/** Search and state filter of the seller's products. */
export function ProductFilters({ search, onChange }: ProductFiltersProps) {
  const [text, setText] = useState(search.q ?? '');
  return (
    <div role="search" className="mb-4 flex flex-wrap items-center gap-3">
      <TextField
        label="Search your products"
        isLabelHidden
        type="search"
        placeholder="Search by name, SKU or category"
        maxLength={200}
        value={text}
        onValueChange={(next) => {
          setText(next);
          onChange({ q: next.trim() === '' ? undefined : next.trim() });
        }}
        className="w-full sm:w-80"
      />
      <Segments
        label="Products by state"
        options={STATES}
        value={search.status ?? 'all'}
        onChange={(next) => onChange({ status: next === 'all' ? undefined : next })}
      />
    </div>
  );
}
