import { Chapter, Specimen } from '@/app/design/specimen';

const COLOURS = [
  ['paper', 'bg-paper'],
  ['sheet', 'bg-sheet'],
  ['well', 'bg-well'],
  ['line', 'bg-line'],
  ['line-strong', 'bg-line-strong'],
  ['ink-soft', 'bg-ink-soft'],
  ['ink', 'bg-ink'],
  ['signal', 'bg-signal'],
  ['signal-strong', 'bg-signal-strong'],
  ['signal-soft', 'bg-signal-soft'],
  ['amber', 'bg-amber'],
  ['amber-soft', 'bg-amber-soft'],
  ['red', 'bg-red'],
  ['red-soft', 'bg-red-soft'],
] as const;

const SIZES = [
  ['text-sm', 'Small: captions and tables'],
  ['text-base', 'Base: everything else'],
  ['text-lg', 'Large: headings in a screen'],
  ['text-xl', 'Title of a screen'],
  ['text-2xl', 'Product and price'],
] as const;

export function Tokens() {
  return (
    <Chapter title="Tokens">
      <Specimen name="Colours">
        {COLOURS.map(([name, look]) => (
          <div key={name} className="w-24 text-sm">
            <div className={`${look} h-14 rounded-md border border-line`} />
            {name}
          </div>
        ))}
      </Specimen>
      <Specimen name="Type">
        <div className="flex flex-col gap-2">
          {SIZES.map(([size, use]) => (
            <p key={size} className={size}>
              {use}
            </p>
          ))}
          <p className="figures">Tabular figures: 0123456789</p>
        </div>
      </Specimen>
    </Chapter>
  );
}
