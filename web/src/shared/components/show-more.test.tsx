import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';

import { ApiError, unreachable } from '@/shared/api/problem';
import { ShowMore } from '@/shared/components/show-more';

function List() {
  const [shown, setShown] = useState(20);
  return <ShowMore shown={shown} noun="order" hasMore={shown < 57} onMore={() => setShown(shown + 20)} />;
}

it('announces how many items are shown, and keeps the focus at the end of the list', () => {
  render(<List />);
  const button = screen.getByRole('button', { name: 'Show more' });
  button.focus();
  fireEvent.click(button);
  expect(screen.getByRole('status').textContent).toBe('40 orders shown');
  expect(document.activeElement).toBe(button);
  fireEvent.click(button);
  expect(screen.queryByRole('button')).toBeNull();
  expect(document.activeElement?.textContent).toBe('All 60 orders shown');
});

it('is empty for a list that is complete from the start', () => {
  const { container } = render(<ShowMore shown={3} noun="order" hasMore={false} onMore={vi.fn()} />);
  expect(container.innerHTML).toBe('');
});

it('shows why more could not be loaded, and can be pressed again', () => {
  const onMore = vi.fn();
  render(<ShowMore shown={20} noun="order" hasMore error={new ApiError(unreachable)} onMore={onMore} />);
  expect(screen.getByRole('alert').textContent).toBe(unreachable.detail);
  fireEvent.click(screen.getByRole('button'));
  expect(onMore).toHaveBeenCalledOnce();
});
