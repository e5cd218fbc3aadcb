import { type CSSProperties, useId } from 'react';

import { motifOf } from '@/shared/picture/motif';
import { MOTIF_FILES } from '@/shared/picture/motif-files';
import { Print } from '@/shared/picture/print';
import { hash, paletteOf, patternOf } from '@/shared/picture/words';

interface ProductPictureProps {
  sku: string;
  name: string;
  category?: string;
  className?: string;
}

/**
 * A product's picture, chosen and coloured by the words of its name and category: always the same for the same
 * product. It is decoration, because the name stands beside it everywhere.
 */
export function ProductPicture({ sku, name, category = '', className }: ProductPictureProps) {
  const printId = useId();
  const words = name.toUpperCase();
  const palette = paletteOf(words, hash(sku));
  const print = patternOf(words);
  const motif = MOTIF_FILES.get(motifOf(words, category.toUpperCase())) ?? '';
  const colours = {
    '--picture-main': palette.main,
    '--picture-second': palette.second,
    '--picture-print': palette.print,
    '--picture-pattern': print === null ? 'none' : `url(#${printId})`,
  } as CSSProperties;
  return (
    <svg viewBox="0 0 240 240" className={className} style={colours} aria-hidden="true" focusable="false">
      <rect width="240" height="240" fill={palette.ground} />
      <path d="M0 180H240V240H0Z" fill="rgb(33 30 25 / 0.07)" />
      <ellipse cx="120" cy="193" rx="86" ry="9" fill="rgb(33 30 25 / 0.13)" />
      {print !== null && (
        <defs>
          <Print id={printId} kind={print} colour={palette.print} />
        </defs>
      )}
      <g transform="translate(12 10) scale(0.9)" dangerouslySetInnerHTML={{ __html: motif }} />
    </svg>
  );
}
