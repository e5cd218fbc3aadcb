import { expect, it } from 'vitest';

import { keepNewer, newerPages } from '@/shared/keep-newer';
import type { Pages } from '@/shared/paging';

interface Row {
  id: string;
  position: number;
}

function pagesOf(...rows: Row[]): Pages<Row> {
  return { pages: [{ items: rows, next_cursor: null }], pageParams: [undefined] };
}

const share = keepNewer(newerPages<Row>);

it('keeps a change that arrived while the pages were loaded', () => {
  const known = pagesOf({ id: 'a', position: 7 }, { id: 'b', position: 2 });
  const loaded = pagesOf({ id: 'b', position: 3 }, { id: 'a', position: 5 });

  expect(share(known, loaded)).toEqual(pagesOf({ id: 'b', position: 3 }, { id: 'a', position: 7 }));
});

it('lists what was loaded and nothing else', () => {
  const loaded = pagesOf({ id: 'c', position: 9 });

  expect(share(pagesOf({ id: 'a', position: 7 }), loaded)).toEqual(loaded);
  expect(share(undefined, loaded)).toBe(loaded);
});
