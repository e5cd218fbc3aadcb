import { useEffect, useRef, useState } from 'react';

import { type CatalogueSearch, filterCount, SORTS } from '@/features/product/search';
import { Button } from '@/shared/components/button';
import { Icon } from '@/shared/components/icon';
import { SelectField } from '@/shared/components/select-field';

interface SearchBarProps {
  search: CatalogueSearch;
  onChange: (change: Partial<CatalogueSearch>) => void;
  areFiltersOpen: boolean;
  onToggleFilters: () => void;
}

/** Delay between the last keystroke and the search. */
const PAUSE_MS = 200;

export function SearchBar({ search, onChange, areFiltersOpen, onToggleFilters }: SearchBarProps) {
  const count = filterCount(search);
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_12rem] max-lg:sm:grid-cols-[1fr_12rem_auto]">
      <SearchInput
        key={search.q === undefined ? 'empty' : 'filled'}
        words={search.q}
        onChange={(q) => onChange({ q })}
      />
      <SelectField
        label="Sort by"
        isLabelHidden
        options={SORTS}
        value={search.sort ?? 'best'}
        onChange={(sort) => onChange({ sort: sort === 'best' ? undefined : sort })}
      />
      {/* Small screens collapse the filters. */}
      <Button
        variant="secondary"
        className="lg:hidden"
        aria-expanded={areFiltersOpen}
        aria-controls="filters"
        onClick={onToggleFilters}
      >
        <Icon name="filter" />
        {count === 0 ? 'Filters' : `Filters (${count})`}
      </Button>
    </div>
  );
}

function SearchInput({
  words,
  onChange,
}: {
  words: string | undefined;
  onChange: (words: string | undefined) => void;
}) {
  const [text, setText] = useState(words ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (next: string) => onChange(next.trim() === '' ? undefined : next.trim());
  return (
    <form
      role="search"
      className="relative max-sm:col-span-2"
      onSubmit={(event) => {
        event.preventDefault();
        clearTimeout(timer.current);
        send(text);
      }}
    >
      <Icon name="search" className="pointer-events-none absolute top-2.5 left-3 text-ink-soft" />
      <input
        type="search"
        aria-label="Search products"
        placeholder="Search: cake stand, red retrospot…"
        maxLength={200}
        value={text}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => send(next), PAUSE_MS);
        }}
        className="min-h-10 w-full rounded-md border border-line-strong bg-sheet pr-3 pl-10 placeholder:text-ink-soft hover:border-ink"
      />
    </form>
  );
}
