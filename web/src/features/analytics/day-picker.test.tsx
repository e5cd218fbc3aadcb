import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import { DayPicker } from '@/features/analytics/day-picker';
import { daysSince } from '@/features/analytics/period';

const DAYS = { from: '2010-11-15', to: '2010-12-15' };

function choose(first: string, last: string): void {
  fireEvent.change(screen.getByLabelText('First day'), { target: { value: first } });
  fireEvent.change(screen.getByLabelText('Last day'), { target: { value: last } });
  fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
}

it('shows the period and passes on another one', () => {
  const onChange = vi.fn();
  render(<DayPicker search={{}} days={DAYS} firstDay="2010-12-01" onChange={onChange} />);
  expect(screen.getByLabelText<HTMLInputElement>('First day').value).toBe('2010-11-15');
  expect(screen.getByLabelText<HTMLInputElement>('Last day').value).toBe('2010-12-14');
  choose('2010-12-01', '2010-12-14');
  expect(onChange).toHaveBeenCalledWith({ from: '2010-12-01', to: '2010-12-15' });
});

it('follows a period that is chosen elsewhere, and keeps the focus', () => {
  const { rerender } = render(<DayPicker search={{}} days={DAYS} firstDay="2010-12-01" onChange={vi.fn()} />);
  const apply = screen.getByRole('button', { name: 'Apply' });
  apply.focus();
  rerender(
    <DayPicker
      search={{}}
      days={{ from: '2010-12-01', to: '2010-12-08' }}
      firstDay="2010-12-01"
      onChange={vi.fn()}
    />,
  );
  expect(screen.getByLabelText<HTMLInputElement>('Last day').value).toBe('2010-12-07');
  expect(document.activeElement).toBe(apply);
});

it('keeps the period and explains why another one cannot be shown', () => {
  const onChange = vi.fn();
  render(<DayPicker search={{}} days={DAYS} firstDay="2010-12-01" onChange={onChange} />);
  choose('1999-12-31', '2010-12-14');
  expect(screen.getByText('Choose a day from 1 January 2000 on')).toBeTruthy();
  expect(onChange).not.toHaveBeenCalled();
});

it('offers the days since the first sale', () => {
  const onChange = vi.fn();
  render(<DayPicker search={{}} days={DAYS} firstDay="2010-12-01" onChange={onChange} />);
  fireEvent.click(screen.getByRole('button', { name: 'All' }));
  expect(onChange).toHaveBeenCalledWith(daysSince('2010-12-01'));
});
