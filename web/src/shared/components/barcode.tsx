import { hash } from '@/shared/picture/words';

/** Decorative barcode, derived from the text. Show the text next to it. */
export function Barcode({ text, className }: { text: string; className?: string }) {
  const bars: { x: number; width: number }[] = [];
  let x = 0;
  for (const letter of text.replaceAll('-', '')) {
    let bits = hash(`${text}${letter}${x}`);
    for (let bar = 0; bar < 3; bar += 1) {
      const width = 1 + (bits & 3) * 0.8;
      bars.push({ x, width });
      x += width + 1 + ((bits >>> 2) & 3) * 0.7;
      bits >>>= 4;
    }
  }
  const last = bars.at(-1);
  const end = last === undefined ? 1 : last.x + last.width;
  return (
    <svg
      viewBox={`0 0 ${end.toFixed(1)} 24`}
      preserveAspectRatio="none"
      className={className}
      aria-hidden="true"
      focusable="false"
    >
      {bars.map((bar) => (
        <rect key={bar.x} x={bar.x} y="0" width={bar.width} height="24" fill="currentColor" />
      ))}
    </svg>
  );
}
