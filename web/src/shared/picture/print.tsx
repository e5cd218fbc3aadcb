import type { PatternKind } from '@/shared/picture/words';

const DROP = 'c-6 -9 -1 -16 7 -15c9 1 11 12 3 17c-4 3 -9 2 -10 -2Z';

/** The print of a product, as an SVG pattern. */
export function Print({ id, kind, colour }: { id: string; kind: PatternKind; colour: string }) {
  return (
    <pattern id={id} width="28" height="28" patternUnits="userSpaceOnUse" patternTransform="rotate(8)">
      <Tile kind={kind} colour={colour} />
    </pattern>
  );
}

function Tile({ kind, colour }: { kind: PatternKind; colour: string }) {
  switch (kind) {
    case 'dots':
      return (
        <g fill={colour}>
          <circle cx="7" cy="7" r="4.5" />
          <circle cx="21" cy="21" r="4.5" />
        </g>
      );
    case 'hearts':
      return <path d={heart(8, 14, 5.5) + heart(22, 27, 5.5)} fill={colour} />;
    case 'stars':
      return <path d={star(8, 8, 6) + star(22, 22, 6)} fill={colour} />;
    case 'stripes':
      return <path d="M4 -2V30M18 -2V30" stroke={colour} strokeWidth="6" />;
    case 'checks':
      return <path d="M7 0V28M0 7H28" stroke={colour} strokeWidth="9" strokeOpacity="0.55" />;
    case 'drops':
      return <path d={`M5 13${DROP}M18 27${DROP}`} fill={colour} />;
    case 'leaves':
      return (
        <path
          d="M3 11C4 3 11 2 14 3C14 9 10 13 3 11ZM17 26C18 18 25 17 28 18C28 24 24 28 17 26Z"
          fill={colour}
        />
      );
    case 'letters':
      return (
        <path
          d="M3 12L7 3L11 12M4.5 9H9.5M18 18V27H21A2.4 2.4 0 0 0 21 22.5H18H20.5A2.2 2.2 0 0 0 20.5 18Z"
          fill="none"
          stroke={colour}
          strokeWidth="2"
        />
      );
    case 'flowers':
      return (
        <g fill={colour}>
          {[0, 72, 144, 216, 288].map((turn) => (
            <g key={turn}>
              <circle cx="8" cy="4.5" r="2.7" transform={`rotate(${turn} 8 8)`} />
              <circle cx="22" cy="18.5" r="2.7" transform={`rotate(${turn} 22 22)`} />
            </g>
          ))}
        </g>
      );
  }
}

/** The path of a heart whose tip is at (x, y). */
function heart(x: number, y: number, size: number): string {
  const s = size;
  return `M${x} ${y}C${x - s * 1.1} ${y - s * 0.75} ${x - s * 1.15} ${y - s * 1.75} ${x - s * 0.5} ${y - s * 1.75}C${x - s * 0.2} ${y - s * 1.75} ${x} ${y - s * 1.55} ${x} ${y - s * 1.3}C${x} ${y - s * 1.55} ${x + s * 0.2} ${y - s * 1.75} ${x + s * 0.5} ${y - s * 1.75}C${x + s * 1.15} ${y - s * 1.75} ${x + s * 1.1} ${y - s * 0.75} ${x} ${y}Z`;
}

/** The path of a star around (x, y). */
function star(x: number, y: number, r: number): string {
  const points = Array.from({ length: 10 }, (_, index) => {
    const radius = index % 2 === 0 ? r : r * 0.45;
    const angle = (Math.PI / 5) * index - Math.PI / 2;
    return `${(x + radius * Math.cos(angle)).toFixed(1)} ${(y + radius * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}
