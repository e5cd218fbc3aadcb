import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Toasts, toasts } from '@/shared/components/toasts';

const pass = (ms: number): void =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });

beforeEach(() => {
  vi.useFakeTimers();
  render(<Toasts />);
});

afterEach(() => {
  pass(60_000);
  vi.useRealTimers();
});

it('closes a toast after its time, but not while the pointer is on it', () => {
  act(() => toasts.add({ title: 'Saved' }));
  fireEvent.pointerEnter(screen.getByText('Saved'));
  pass(60_000);
  expect(screen.getByText('Saved')).toBeTruthy();
  fireEvent.pointerLeave(screen.getByText('Saved'));
  pass(4_000);
  expect(screen.queryByText('Saved')).toBeNull();
});

it('announces at most three toasts in a live region, and each can be dismissed', () => {
  act(() => ['One', 'Two', 'Three', 'Four'].forEach((title) => toasts.add({ title })));
  expect(screen.queryByText('One')).toBeNull();
  expect(screen.getByText('Four').closest('[aria-live="polite"]')).toBeTruthy();
  fireEvent.click(screen.getAllByRole('button', { name: 'Dismiss' })[0] ?? document.body);
  expect(screen.queryByText('Two')).toBeNull();
});
