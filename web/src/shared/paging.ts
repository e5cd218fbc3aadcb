import type { InfiniteData } from '@tanstack/react-query';

interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

type Pages<Item> = InfiniteData<Page<Item>>;

/** The items of all pages that were loaded. */
export function itemsOf<Item>(pages: Pages<Item> | undefined): Item[] {
  return pages?.pages.flatMap((page) => page.items) ?? [];
}

/** The pages with `change` made to each item; the same pages when it changed none. */
export function mapItems<Item>(pages: Pages<Item>, change: (item: Item) => Item): Pages<Item> {
  const next = pages.pages.map((page) => {
    const items = page.items.map(change);
    return items.some((item, index) => item !== page.items[index]) ? { ...page, items } : page;
  });
  return next.some((page, index) => page !== pages.pages[index]) ? { ...pages, pages: next } : pages;
}

/** The pages with `items` before all others. */
export function prepend<Item>(pages: Pages<Item>, items: Item[]): Pages<Item> {
  const [first, ...others] = pages.pages;
  if (first === undefined) return pages;
  return { ...pages, pages: [{ ...first, items: [...items, ...first.items] }, ...others] };
}

/** The latest position of some rows: all that happened up to there is in them. */
export function latestPosition(rows: { position: number }[]): number | null {
  return rows.length === 0 ? null : Math.max(...rows.map((row) => row.position));
}
