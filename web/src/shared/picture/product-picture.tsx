import { useId } from 'react';

import { KitContext } from '@/shared/picture/kit';
import { motifOf } from '@/shared/picture/motif';
import { Print } from '@/shared/picture/print';
import { hash, paletteOf, patternOf } from '@/shared/picture/words';

interface ProductPictureProps {
  sku: string;
  name: string;
  category?: string;
  className?: string;
}

/**
 * A product's picture, drawn from the words of its name and category: always the same for the same product. The name
 * stands beside it everywhere, so that it is decoration to those who cannot see it.
 */
export function ProductPicture({ sku, name, category = '', className }: ProductPictureProps) {
  const printId = useId();
  const words = name.toUpperCase();
  const seed = hash(sku);
  const palette = paletteOf(words, seed);
  const print = patternOf(words);
  const Motif = motifOf(words, category.toUpperCase());
  return (
    <svg viewBox="0 0 240 240" className={className} aria-hidden="true" focusable="false">
      <rect width="240" height="240" fill={palette.ground} />
      <path d="M0 180H240V240H0Z" fill="rgb(33 30 25 / 0.07)" />
      <ellipse cx="120" cy="193" rx="86" ry="9" fill="rgb(33 30 25 / 0.13)" />
      {print !== null && (
        <defs>
          <Print id={printId} kind={print} colour={palette.print} />
        </defs>
      )}
      <g transform="translate(12 10) scale(0.9)">
        <KitContext value={{ ...palette, printUrl: print === null ? null : `url(#${printId})` }}>
          {/* The motif is one of a fixed set of components, chosen by the name. */}
          {/* eslint-disable-next-line react-hooks/static-components */}
          <Motif />
        </KitContext>
      </g>
    </svg>
  );
}
