import { createContext, use } from 'react';

import type { Palette } from '@/shared/picture/words';

/** The line that everything is drawn with. */
export const INK = '#211e19';
const LINE = 4;

export interface Kit extends Palette {
  /** Address of the print, or none. */
  printUrl: string | null;
}

export const KitContext = createContext<Kit | null>(null);

export function useKit(): Kit {
  const kit = use(KitContext);
  if (kit === null) throw new Error('a motif is drawn inside a ProductPicture');
  return kit;
}

type Tone = 'main' | 'second' | 'print' | 'ink' | 'none' | 'shade';

function fillOf(tone: Tone, kit: Kit): string {
  if (tone === 'ink') return INK;
  if (tone === 'shade') return 'rgb(33 30 25 / 0.14)';
  return tone === 'none' ? 'none' : kit[tone];
}

interface ShapeProps {
  d: string;
  tone?: Tone;
  /** Whether the product's print is on it. */
  printed?: boolean;
  /** Whether it has an outline. */
  outlined?: boolean;
}

/** A flat piece of a motif: colour, print, then the ink line. */
export function Shape({ d, tone = 'main', printed = false, outlined = true }: ShapeProps) {
  const kit = useKit();
  return (
    <>
      <path d={d} fill={fillOf(tone, kit)} />
      {printed && kit.printUrl !== null && <path d={d} fill={kit.printUrl} />}
      {outlined && (
        <path
          d={d}
          fill="none"
          stroke={INK}
          strokeWidth={LINE}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      )}
    </>
  );
}

/** A line without a fill. */
export function Stroke({ d, width = LINE, tone = 'ink' }: { d: string; width?: number; tone?: Tone }) {
  const kit = useKit();
  return (
    <path
      d={d}
      fill="none"
      stroke={fillOf(tone, kit)}
      strokeWidth={width}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  );
}

export function Disc({
  x,
  y,
  r,
  tone = 'main',
  printed = false,
}: {
  x: number;
  y: number;
  r: number;
  tone?: Tone;
  printed?: boolean;
}) {
  return (
    <Shape
      d={`M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`}
      tone={tone}
      printed={printed}
    />
  );
}

/** The path of a heart whose tip is at (x, y). */
export function heart(x: number, y: number, size: number): string {
  const s = size;
  return `M${x} ${y}C${x - s * 1.1} ${y - s * 0.75} ${x - s * 1.15} ${y - s * 1.75} ${x - s * 0.5} ${y - s * 1.75}C${x - s * 0.2} ${y - s * 1.75} ${x} ${y - s * 1.55} ${x} ${y - s * 1.3}C${x} ${y - s * 1.55} ${x + s * 0.2} ${y - s * 1.75} ${x + s * 0.5} ${y - s * 1.75}C${x + s * 1.15} ${y - s * 1.75} ${x + s * 1.1} ${y - s * 0.75} ${x} ${y}Z`;
}

/** The path of a star around (x, y). */
export function star(x: number, y: number, r: number): string {
  const points = Array.from({ length: 10 }, (_, index) => {
    const radius = index % 2 === 0 ? r : r * 0.45;
    const angle = (Math.PI / 5) * index - Math.PI / 2;
    return `${(x + radius * Math.cos(angle)).toFixed(1)} ${(y + radius * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}
