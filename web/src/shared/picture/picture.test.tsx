import { render } from '@testing-library/react';
import { expect, it } from 'vitest';

import { MOTIFS, motifOf } from '@/shared/picture/motif';
import { MOTIF_FILES } from '@/shared/picture/motif-files';
import { ProductPicture } from '@/shared/picture/product-picture';
import { paletteOf, patternOf } from '@/shared/picture/words';

it('draws what the name says, and a parcel for what it does not know', () => {
  expect(motifOf('REGENCY CAKESTAND 3 TIER')).toBe('cake-stand');
  expect(motifOf('JUMBO BAG RED RETROSPOT')).toBe('bag');
  expect(motifOf('SOMETHING ELSE')).toBe('parcel');
});

it('has a drawing for every motif, and no other', () => {
  const named = new Set(MOTIFS.map(([, motif]) => motif));
  expect([...MOTIF_FILES.keys()].sort()).toEqual([...named].sort());
});

it('draws in the colours of its product alone', () => {
  const colour =
    /^(none|#211e19|rgb\(33 30 25 \/ 0\.14\)|var\(--picture-(main|second|print|pattern), [^()]+\))$/;
  for (const [name, svg] of MOTIF_FILES) {
    const used = [...svg.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, value]) => value);
    expect(
      used.filter((value) => !colour.test(value ?? '')),
      name,
    ).toEqual([]);
    expect(svg, name).not.toMatch(/<script|\son\w+=|href=|style=|id=/);
  }
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
