/** Classes of a text input or select. */
export const inputClass =
  'min-h-10 w-full rounded-md border border-line-strong bg-sheet px-3 text-ink placeholder:text-ink-soft hover:border-ink disabled:bg-well disabled:text-ink-soft aria-invalid:border-2 aria-invalid:border-red';
