import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';

import { CatalogueFilters } from '@/features/product/catalogue-filters';
import { ProductCard, ProductCardSkeleton } from '@/features/product/product-card';
import { PAGE_SIZE, productPages } from '@/features/product/requests';
import { SearchBar } from '@/features/product/search-bar';
import type { CatalogueSearch } from '@/features/product/search';
import { Button } from '@/shared/components/button';
import { ShowMore } from '@/shared/components/show-more';
import { Loading } from '@/shared/components/skeleton';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { pageTitle } from '@/shared/format/words';
import { itemsOf, moreOf } from '@/shared/paging';

const route = getRouteApi('/');
const grid = 'grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-3 xl:grid-cols-4';

export function CatalogueScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [areFiltersOpen, setAreFiltersOpen] = useState(false);
  // Each filter is a step in the browser's history. Typing is one step, however many letters it has.
  const change = (next: Partial<CatalogueSearch>, isTyping = false) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: isTyping, resetScroll: false });
  return (
    <>
      <title>{pageTitle('Shop')}</title>
      <h1 className="sr-only">Shop</h1>
      <SearchBar
        search={search}
        onChange={change}
        areFiltersOpen={areFiltersOpen}
        onToggleFilters={() => setAreFiltersOpen(!areFiltersOpen)}
      />
      <div className="mt-6 grid gap-6 lg:grid-cols-[14rem_1fr] lg:gap-8">
        <CatalogueFilters search={search} onChange={change} isOpen={areFiltersOpen} />
        <Results search={search} onClear={() => void navigate({ search: {} })} />
      </div>
    </>
  );
}

function Results({ search, onClear }: { search: CatalogueSearch; onClear: () => void }) {
  const pages = useInfiniteQuery({ ...productPages(search), placeholderData: keepPreviousData });
  if (pages.isPending) {
    return (
      <div>
        <Loading label="Loading products" />
        <ul className={grid}>
          {Array.from({ length: PAGE_SIZE }, (_, index) => (
            <ProductCardSkeleton key={index} />
          ))}
        </ul>
      </div>
    );
  }
  if (pages.isError && pages.data === undefined) {
    return (
      <ErrorState error={pages.error} onRetry={() => void pages.refetch()} title="Couldn't load products" />
    );
  }
  const products = itemsOf(pages.data);
  if (products.length === 0) {
    return (
      <EmptyState
        icon="search"
        title={search.q === undefined ? 'No results' : `No results for "${search.q}"`}
        action={
          <Button variant="secondary" onClick={onClear}>
            Clear search and filters
          </Button>
        }
      >
        Try other words or remove a filter.
      </EmptyState>
    );
  }
  return (
    <div aria-busy={pages.isPlaceholderData} className={pages.isPlaceholderData ? 'opacity-60' : undefined}>
      <ul className={grid}>
        {products.map((product) => (
          <ProductCard key={product.sku} product={product} />
        ))}
        {pages.isFetchingNextPage &&
          Array.from({ length: 4 }, (_, index) => <ProductCardSkeleton key={index} />)}
      </ul>
      <ShowMore {...moreOf(pages)} shown={products.length} noun="product" />
    </div>
  );
}
