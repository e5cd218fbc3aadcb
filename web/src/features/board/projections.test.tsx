import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';

import { ProjectionNotice } from '@/features/board/projections';
import type { Schema } from '@/shared/api/client';

type Status = Schema<'ConsumerStatus'>;

function status(values: Partial<Status>): Status {
  return { name: 'orders', state: 'running', position: 9, lag: 0, parked: 0, error: null, ...values };
}

it('shows one line while every projection runs', () => {
  render(
    <ProjectionNotice projections={[status({}), status({ name: 'stock', lag: 3 })]} deadLetters={null} />,
  );
  expect(screen.getByText('All 2 projections are running.').tagName).toBe('P');
  expect(screen.queryByRole('status')).toBeNull();
});

it('names the projections that are not running, and why', () => {
  const projections = [
    status({ state: 'stopped', lag: 1200, error: 'event 7 is of a newer release' }),
    status({ name: 'stock', state: 'parked', parked: 1 }),
    status({ name: 'sales', state: 'rebuilding', lag: 40 }),
    status({ name: 'payments' }),
  ];
  render(<ProjectionNotice projections={projections} deadLetters={<a href="/dead-letters">Show</a>} />);
  const sentences = screen.getAllByRole('listitem').map((item) => item.textContent);
  expect(sentences).toEqual([
    'orders: stopped, 1,200 events behind (event 7 is of a newer release)',
    'stock: 1 event parked',
    'sales: rebuilding, 40 events behind',
  ]);
  expect(screen.getByRole('link', { name: 'Show' })).toBeDefined();
  expect(screen.getByRole('status').textContent).toContain('Some data on this page may be out of date');
});
