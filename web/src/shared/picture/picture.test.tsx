import { render } from '@testing-library/react';
import { expect, it } from 'vitest';

import { motifOf } from '@/shared/picture/motif';
import { CakeStand } from '@/shared/picture/motifs-kitchen';
import { Bag, Parcel } from '@/shared/picture/motifs-things';
import { ProductPicture } from '@/shared/picture/product-picture';
import { paletteOf, patternOf } from '@/shared/picture/words';

it('draws what the name says, and a parcel for what it does not know', () => {
  expect(motifOf('REGENCY CAKESTAND 3 TIER')).toBe(CakeStand);
  expect(motifOf('JUMBO BAG RED RETROSPOT')).toBe(Bag);
  expect(motifOf('SOMETHING ELSE')).toBe(Parcel);
});

it('colours it as the name says, in the order of the words', () => {
  expect(paletteOf('RED COAT RACK', 1).main).toBe('#c83a2e');
  expect(paletteOf('CREAM AND BLUE JUG', 1)).toMatchObject({ main: '#f2e2bd', second: '#4174a8' });
  expect(paletteOf('THING', 7)).toEqual(paletteOf('THING', 7));
});

it('prints dots, hearts and stripes where they are named', () => {
  expect(patternOf('LUNCH BAG PINK POLKADOT')).toBe('dots');
  expect(patternOf('PLAIN BAG')).toBeNull();
});

it('is the same picture for the same product, and decoration', () => {
  const picture = <ProductPicture sku="22423" name="HEART OF WICKER SMALL" />;
  const first = render(picture).container.innerHTML.replace(/_r_\w+_/g, '');
  const again = render(picture).container.innerHTML.replace(/_r_\w+_/g, '');
  expect(again).toBe(first);
  expect(first).toContain('aria-hidden="true"');
});
