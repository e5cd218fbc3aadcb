import { type CatalogueSearch, filterCount, sortOf, SORTS } from '@/features/product/search';
import { useSearchText } from '@/features/product/use-search-text';
import { Button } from '@/shared/components/button';
import { Icon } from '@/shared/components/icon';
import { NativeSelect } from '@/shared/components/native-select';

interface SearchBarProps {
  search: CatalogueSearch;
  /** `isTyping`: the change continues the last one, and replaces it in the browser's history. */
  onChange: (change: Partial<CatalogueSearch>, isTyping?: boolean) => void;
  areFiltersOpen: boolean;
  onToggleFilters: () => void;
}

export function SearchBar({ search, onChange, areFiltersOpen, onToggleFilters }: SearchBarProps) {
  const count = filterCount(search);
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_12rem] max-lg:sm:grid-cols-[1fr_12rem_auto]">
      <SearchInput words={search.q} onChange={(q, isTyping) => onChange({ q }, isTyping)} />
      <NativeSelect
        label="Sort by"
        isLabelHidden
        options={SORTS}
        value={search.sort ?? 'best'}
        onChange={(event) => onChange({ sort: sortOf(event.target.value) })}
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

function SearchInput(props: Parameters<typeof useSearchText>[0]) {
  const { text, type, finish } = useSearchText(props);
  return (
    <form
      role="search"
      className="relative max-sm:col-span-2"
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <Icon name="search" className="pointer-events-none absolute top-2.5 left-3 text-ink-soft" />
      <input
        type="search"
        aria-label="Search products"
        placeholder="Search: cake stand, red retrospot…"
        maxLength={200}
        value={text}
        onChange={(event) => type(event.target.value)}
        onBlur={finish}
        className="min-h-10 w-full rounded-md border border-line-strong bg-sheet pr-3 pl-10 placeholder:text-ink-soft hover:border-ink"
      />
    </form>
  );
}
