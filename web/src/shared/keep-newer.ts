import { replaceEqualDeep } from '@tanstack/react-query';

import { itemsOf, type Pages } from '@/shared/paging';

interface Row {
  position: number;
}

/**
 * Value of `structuralSharing` for a query whose data changes from the socket are applied to. A load can be answered with
 * a state from before a change that has arrived in the meantime; `merge` keeps what is newer.
 */
export function keepNewer<Data>(merge: (known: Data, loaded: Data) => Data) {
  return (known: unknown, loaded: unknown): unknown =>
    known === undefined ? loaded : replaceEqualDeep(known, merge(known as Data, loaded as Data));
}

/** The newer one of two states of a row. */
export function newerRow<R extends Row>(known: R, loaded: R): R {
  return known.position > loaded.position ? known : loaded;
}

/** The loaded rows, each in its newer state. */
export function newerRows<R extends Row & { id: string }>(known: readonly R[], loaded: R[]): R[] {
  const byId = new Map(known.map((row) => [row.id, row]));
  return loaded.map((row) => newerRow(byId.get(row.id) ?? row, row));
}

/** The loaded pages, each row in its newer state. */
export function newerPages<R extends Row & { id: string }>(known: Pages<R>, loaded: Pages<R>): Pages<R> {
  const rows = itemsOf(known);
  return {
    ...loaded,
    pages: loaded.pages.map((page) => ({ ...page, items: newerRows(rows, page.items) })),
  };
}
