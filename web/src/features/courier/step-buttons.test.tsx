import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { CourierDelivery } from '@/features/courier/next-action';
import { StepButtons } from '@/features/courier/step-buttons';

const delivery: CourierDelivery = {
  id: 'd1',
  order_id: 'o1',
  order_number: 'WB-0000-0001',
  status: 'assigned',
  courier_id: 'me',
  contact: null,
  country: 'France',
  line_count: 1,
  timeline: [],
  position: 1,
  reason: null,
  held: null,
};
const entry = {
  key: 'k',
  accountId: 'me',
  deliveryId: 'd1',
  orderNumber: 'WB-0000-0001',
  status: 'picked_up' as const,
  from: 'assigned' as const,
  heldUntil: 5_000,
};

const onStep = vi.fn();
const buttons = (shown: Partial<CourierDelivery>, isSending = false) => (
  <StepButtons
    delivery={{ ...delivery, ...shown }}
    isSending={isSending}
    now={0}
    onStep={onStep}
    onFail={vi.fn()}
  />
);
const pass = (ms: number): void =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });
const tap = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
  onStep.mockClear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it('a double tap is one step: neither the step just taken nor the next one reacts to the second tap', () => {
  const { rerender } = render(buttons({}));
  pass(1_000);
  tap('Picked up');
  rerender(buttons({ status: 'picked_up', held: entry }));
  tap('Picked up');
  rerender(buttons({ status: 'picked_up' }, true));
  tap('Picked up');
  rerender(buttons({ status: 'picked_up' }));
  tap('On the way');
  pass(999);
  tap('On the way');
  expect(onStep.mock.calls).toEqual([['picked_up']]);
  pass(1);
  tap('On the way');
  expect(onStep.mock.calls).toEqual([['picked_up'], ['on_the_way']]);
});

it('offers Undo and counts down while the step is held', () => {
  render(buttons({ status: 'picked_up', held: entry }));
  expect(screen.getByText('Sending in 5 s')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Undo' }).disabled).toBe(false);
});
