import type { InfiniteData } from '@tanstack/react-query';

interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

export type Pages<Item> = InfiniteData<Page<Item>>;

/** Items of all loaded pages. */
export function itemsOf<Item>(pages: Pages<Item> | undefined): Item[] {
  return pages?.pages.flatMap((page) => page.items) ?? [];
}

/** Applies `change` to each item; returns the same pages if nothing changed. */
export function mapItems<Item>(pages: Pages<Item>, change: (item: Item) => Item): Pages<Item> {
  const next = pages.pages.map((page) => {
    const items = page.items.map(change);
    return items.some((item, index) => item !== page.items[index]) ? { ...page, items } : page;
  });
  return next.some((page, index) => page !== pages.pages[index]) ? { ...pages, pages: next } : pages;
}

/** Adds `items` before all others. */
export function prepend<Item>(pages: Pages<Item>, items: Item[]): Pages<Item> {
  const [first, ...others] = pages.pages;
  if (first === undefined) return pages;
  return { ...pages, pages: [{ ...first, items: [...items, ...first.items] }, ...others] };
}

/** Highest position among rows; null without rows. */
export function latestPosition(rows: { position: number }[]): number | null {
  return rows.length === 0 ? null : Math.max(...rows.map((row) => row.position));
}

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: Error | null;
  fetchNextPage: () => Promise<unknown>;
}

/** Properties of `ShowMore` for a query with pages. */
export function moreOf(pages: Paged) {
  return {
    hasMore: pages.hasNextPage,
    isBusy: pages.isFetchingNextPage,
    error: pages.isFetchNextPageError ? pages.error : null,
    onMore: () => void pages.fetchNextPage(),
  };
}
