const SMALL = new Set(['of', 'and', 'the', 'in', 'for', 'with', 'a', 'an', 'or', 'on', 'to', 'by', 'at']);
const KEEP = /^(?:t-light|led|usa|uk|i)$/i;

/** Converts names in capitals: "RED RETROSPOT CAKE STAND" → "Red Retrospot Cake Stand". */
export function titleCase(name: string): string {
  const collapsed = name.trim().replace(/\s+/g, ' ');
  if (collapsed !== collapsed.toUpperCase()) return collapsed;
  return collapsed
    .split(' ')
    .map((word, index) => {
      if (/^t-light/i.test(word)) return `T-${capital(word.slice(2))}`;
      if (KEEP.test(word)) return word.toUpperCase();
      const lower = word.toLowerCase();
      return index > 0 && SMALL.has(lower) ? lower : capital(word);
    })
    .join(' ');
}

function capital(word: string): string {
  return word
    .toLowerCase()
    .replace(/(^|[/+("'-])([a-z])/g, (_, before: string, letter: string) =>
      before === "'" ? before + letter : before + letter.toUpperCase(),
    );
}

/** "picked_up" → "Picked up" */
export function humanize(identifier: string): string {
  const words = identifier.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "1 line", "3 lines" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** "My orders · Waybill": title of the document. */
export function pageTitle(title: string): string {
  return `${title} · Waybill`;
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** "three", but "12": a number in a sentence. */
export function numberWord(count: number): string {
  return NUMBERS[count] ?? count.toLocaleString('en-GB');
}
