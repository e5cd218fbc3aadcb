/** The drawings in `motifs/`, by path. They are part of the script: a list of products shows many at once. */
const FILES = import.meta.glob<string>('./motifs/*.svg', { query: '?raw', import: 'default', eager: true });

/** The drawings, SVG by name. They are coloured by the `--picture-…` properties of the element around them. */
export const MOTIF_FILES: ReadonlyMap<string, string> = new Map(
  Object.entries(FILES).map(([path, svg]) => [path.slice('./motifs/'.length, -'.svg'.length), svg]),
);
