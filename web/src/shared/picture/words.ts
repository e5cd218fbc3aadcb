/** Colour words of product names, and the colours that they get. */
const COLOURS: readonly (readonly [RegExp, string])[] = [
  [/\bRED\b|RETROSPOT|STRAWBERR|TOADSTOOL|CHERRY|POPPY\b/, '#c83a2e'],
  [/\bPINK|ROSE\b|ROSES\b|SWEETHEART/, '#e690a5'],
  [/\bBLUE|DENIM|NAUTICAL/, '#4174a8'],
  [/\bGREEN|WOODLAND|HERB|GARDEN|APPLE|LEAF/, '#568f5c'],
  [/\bYELLOW|LEMON|SUNFLOWER/, '#efc24b'],
  [/\bORANGE|PUMPKIN/, '#e1803f'],
  [/\bPURPLE|LILAC|LAVENDER|VIOLET/, '#8f75b3'],
  [/\bTURQUOISE|MINT\b|AQUA|SEASIDE/, '#5bb0a5'],
  [/\bWHITE|DOILY|DOILIES|DOVE/, '#fbf8f0'],
  [/\bCREAM|VANILLA/, '#f2e2bd'],
  [/\bIVORY/, '#f3ead4'],
  [/\bBLACK|CHALKBOARD|SKULL/, '#33302b'],
  [/\bGOLD|BRASS/, '#cda541'],
  [/\bCHOCOLATE|BROWN/, '#835538'],
  [/\bWOOD|WICKER|NATURAL|RUSTIC|WILLOW/, '#c99c66'],
  [/\bGLASS|CRYSTAL|ACRYLIC/, '#bfdcde'],
  [/\bSLATE|GREY|GRAY/, '#6f7577'],
  [/\bSILVER|ZINC|METAL|TIN\b|ENAMEL/, '#b3babb'],
];

/** For names without a colour: tones that go together. */
const FALLBACKS = ['#c9553f', '#5c8f86', '#d9a441', '#6a86b0', '#a77a9c', '#7d9a5b', '#d98a76'] as const;

/** What the pictures stand on. */
const GROUNDS = ['#f2dfc4', '#dfe6d6', '#f3d9cd', '#d8e3e6', '#ece0ea', '#f1e6b8'] as const;

export type PatternKind =
  'dots' | 'hearts' | 'stripes' | 'checks' | 'stars' | 'flowers' | 'drops' | 'leaves' | 'letters';

const PATTERNS: readonly (readonly [RegExp, PatternKind])[] = [
  [/RETROSPOT|POLKADOT|SPOT|DOTS?\b|DOTCOM/, 'dots'],
  [/PAISLEY|BAROQUE|DOILY/, 'drops'],
  [/GINGHAM|CHECK|TARTAN|PICNIC/, 'checks'],
  [/STRIPE|CIRCUS|UNION|ENGLISH|DINER|PANTRY/, 'stripes'],
  [/WOODLAND|LEAF|HERB|APPLE|GARDEN|SUKI/, 'leaves'],
  [/ALPHABET|LETTER|WORD|LOVE LONDON/, 'letters'],
  [/SPACE|STAR|CHRISTMAS|SKULL|PARTY/, 'stars'],
  [/ROSE|FLOWER|REGENCY|VINTAGE|FLORAL|DAISY|CHARLOTTE/, 'flowers'],
  [/HEART|LOVE|SWEETHEART/, 'hearts'],
];

/** A number that is always the same for a text (FNV-1a). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

function pick<T>(from: readonly [T, ...T[]], seed: number): T {
  return from[seed % from.length] ?? from[0];
}

function brightness(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return ((red ?? 0) * 299 + (green ?? 0) * 587 + (blue ?? 0) * 114) / 1000;
}

interface Palette {
  /** Of the thing itself. */
  main: string;
  /** Of its second part: a lid, a ribbon. */
  second: string;
  /** Of what is printed on it. */
  print: string;
  ground: string;
}

/** The colours of a product: those its words name, in that order. */
export function paletteOf(words: string, seed: number): Palette {
  const named = COLOURS.map(([pattern, colour]) => ({ at: words.search(pattern), colour }))
    .filter(({ at }) => at >= 0)
    .sort((left, right) => left.at - right.at)
    .map(({ colour }) => colour);
  const main = named[0] ?? pick(FALLBACKS, seed);
  const second = named[1] ?? (brightness(main) > 190 ? pick(FALLBACKS, seed >>> 4) : '#f7efdd');
  const print = brightness(main) > 165 ? (named[1] ?? pick(FALLBACKS, seed >>> 4)) : '#fffaf0';
  return { main, second, print, ground: pick(GROUNDS, seed >>> 8) };
}

/** What is printed on a product, if its words say so. */
export function patternOf(words: string): PatternKind | null {
  return PATTERNS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
