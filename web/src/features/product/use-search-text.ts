import { useEffect, useRef, useState } from 'react';

interface SearchTextOptions {
  /** Words of the address. */
  words: string | undefined;
  onChange: (words: string | undefined, isTyping: boolean) => void;
}

/** Delay between the last keystroke and the search. */
const PAUSE_MS = 200;

function wordsOf(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim();
}

/**
 * Text of the search field. Searches after a pause in typing; the first search of a text is a new step in the browser's
 * history, and the next ones replace it. Words that change otherwise, such as by Back, replace the text.
 */
export function useSearchText({ words, onChange }: SearchTextOptions) {
  const [text, setText] = useState(words ?? '');
  const [seen, setSeen] = useState(words);
  /** Words that were sent and have not arrived in the address yet. */
  const [sent, setSent] = useState<(string | undefined)[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isTyping = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (words !== seen) {
    setSeen(words);
    const own = sent.indexOf(words);
    setSent(own === -1 ? [] : sent.slice(own + 1));
    if (own === -1) setText(words ?? '');
  }
  const send = (next: string) => {
    clearTimeout(timer.current);
    const wanted = wordsOf(next);
    if (wanted === (sent.length === 0 ? words : sent.at(-1))) return;
    setSent((earlier) => [...earlier, wanted]);
    onChange(wanted, isTyping.current);
    isTyping.current = true;
  };
  return {
    text,
    type: (next: string) => {
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => send(next), PAUSE_MS);
    },
    /** Searches at once; the next letter starts a new step. */
    finish: () => {
      send(text);
      isTyping.current = false;
    },
  };
}
