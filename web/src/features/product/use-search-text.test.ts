import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { useSearchText } from '@/features/product/use-search-text';

/** Entries of the browser's history. */
let history: (string | undefined)[] = [];

/** The search field in a page whose address follows it. */
function field() {
  history = [undefined];
  const onChange = (words: string | undefined, isTyping: boolean) => {
    history = isTyping ? [...history.slice(0, -1), words] : [...history, words];
  };
  const hook = renderHook(() => useSearchText({ words: history.at(-1), onChange }));
  const type = (text: string, pauseMs = 300) => {
    act(() => hook.result.current.type(text));
    act(() => void vi.advanceTimersByTime(pauseMs));
    hook.rerender();
  };
  const finish = () => {
    act(() => hook.result.current.finish());
    hook.rerender();
  };
  const back = () => {
    history = history.slice(0, -1);
    hook.rerender();
  };
  return { type, finish, back, text: () => hook.result.current.text };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('typing is one step of the history, whatever the pauses', () => {
  const { type } = field();
  for (const text of ['c', 'ca', 'cake', 'cake ', 'cake s']) type(text);
  expect(history).toEqual([undefined, 'cake s']);
});

it('a search after Enter is a new step, and the same words again are none', () => {
  const { type, finish } = field();
  type('cake');
  finish();
  finish();
  type('tea');
  expect(history).toEqual([undefined, 'cake', 'tea']);
});

it('Back puts the earlier words into the field', () => {
  const { type, finish, back, text } = field();
  type('cake');
  finish();
  type('tea');
  back();
  expect(text()).toBe('cake');
  back();
  expect(text()).toBe('');
});

it('keeps the letters typed while the search before them arrives', () => {
  const { type, text } = field();
  type('ca', 200);
  type('cake', 100);
  expect(text()).toBe('cake');
});
