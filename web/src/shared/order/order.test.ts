import { expect, it } from 'vitest';

import { patched, readChange, withReasons } from '@/shared/order/changes';
import {
  customerPaymentLabel,
  isAssignable,
  isCancellable,
  isRefundOpen,
  isReturned,
  isTransferable,
  orderStage,
} from '@/shared/order/status';
import { ERASED_TEXT, failureReason, stepsOf } from '@/shared/order/steps';

const placed = {
  status: 'pending' as const,
  delivery_status: null,
  placed_at: '2026-01-05T12:00:00Z',
  timeline: [{ status: 'placed' as const, at: '2026-01-05T12:00:00Z' }],
};

const row = {
  id: '1',
  number: 'WB-0000-0001',
  status: 'confirmed',
  payment_status: 'paid',
  fulfilment_status: 'unfulfilled',
  delivery_status: 'assigned',
  courier_id: 'c',
  total: { minor: 1, currency: 'GBP' },
  line_count: 1,
  country: 'France',
  placed_at: '2026-01-05T12:00:00Z',
  timeline: [],
  version: 2,
  position: 9,
};

it('parses a change only if its kind and shape match', () => {
  expect(readChange('order.changed', { kind: 'order.changed', data: row })).toEqual(row);
  expect(readChange('order.changed', { kind: 'stock.changed', data: row })).toBeNull();
  expect(readChange('order.changed', { kind: 'order.changed', data: { ...row, status: 'lost' } })).toBeNull();
});

it('keeps the reasons that are loaded, and asks for the others', () => {
  const first = { status: 'attempt_failed', at: '2026-01-05T15:00:00Z', has_reason: true };
  const second = { ...first, at: '2026-01-06T15:00:00Z' };
  const paid = { status: 'paid', at: '2026-01-06T16:00:00Z' };
  const loaded = [{ status: 'attempt_failed', at: first.at, reason: 'No one at home' }];
  expect(withReasons([first, paid], loaded)).toEqual({
    timeline: [{ ...first, reason: 'No one at home' }, paid],
    isComplete: true,
  });
  expect(withReasons([first, second], loaded)).toEqual({
    timeline: [{ ...first, reason: 'No one at home' }, second],
    isComplete: false,
  });
  const erased = [{ status: 'attempt_failed', at: first.at, reason: null }];
  expect(withReasons([first], erased)).toEqual({
    timeline: [{ ...first, reason: null }],
    isComplete: true,
  });
  const data = { ...row, timeline: [first, paid] };
  expect(readChange('order.changed', { kind: 'order.changed', data })).toEqual(data);
});

it('ignores a change that is not newer than the row', () => {
  const current = { position: 9, name: 'now' };
  expect(patched(current, { position: 9, name: 'again' })).toBe(current);
  expect(patched(current, { position: 8, name: 'before' })).toBe(current);
  expect(patched(current, { position: 10, name: 'after' })).toEqual({ position: 10, name: 'after' });
});

it('marks the first step that is not done as next', () => {
  expect(stepsOf(placed).map((step) => step.state)).toEqual([
    'done',
    'next',
    'later',
    'later',
    'later',
    'later',
  ]);
  const moving = { ...placed, status: 'confirmed' as const, delivery_status: 'picked_up' as const };
  expect(stepsOf(moving).find((step) => step.state === 'next')?.name).toBe('On the way');
  const done = { ...placed, status: 'completed' as const, delivery_status: 'delivered' as const };
  expect(stepsOf(done).every((step) => step.state === 'done')).toBe(true);
});

it('shows a failed attempt with its reason, until the next one', () => {
  const attempt = { status: 'attempt_failed', at: '2026-01-06T09:00:00Z', reason: 'No one at home' };
  const order = { ...placed, status: 'confirmed' as const, timeline: [...placed.timeline, attempt] };
  const failed = stepsOf({ ...order, delivery_status: 'attempt_failed' }).find(
    (step) => step.state === 'failed',
  );
  expect(failed).toMatchObject({ name: "Couldn't deliver", detail: 'No one at home', at: attempt.at });
  const again = stepsOf({ ...order, delivery_status: 'on_the_way' });
  expect(again.some((step) => step.state === 'failed')).toBe(false);
  const returned = stepsOf({ ...order, delivery_status: 'returned' });
  expect(returned.slice(-2).map((step) => step.name)).toEqual(["Couldn't deliver", 'Returned to sender']);
});

it('says that the reason of a failed attempt was erased', () => {
  const attempt = { status: 'attempt_failed', at: '2026-01-06T09:00:00Z', reason: null };
  const order = { ...placed, status: 'confirmed' as const, delivery_status: 'attempt_failed' as const };
  const steps = stepsOf({ ...order, timeline: [...placed.timeline, attempt] });
  expect(steps.find((step) => step.state === 'failed')?.detail).toBe(ERASED_TEXT);
  expect(failureReason([attempt])).toBe(ERASED_TEXT);
  expect(failureReason([{ status: 'attempt_failed', at: attempt.at }])).toBeNull();
});

const returned = [
  ...placed.timeline,
  { status: 'confirmed', at: '2026-01-05T12:05:00Z' },
  { status: 'assigned', at: '2026-01-05T13:00:00Z' },
  { status: 'picked_up', at: '2026-01-05T14:00:00Z' },
  { status: 'on_the_way', at: '2026-01-05T14:30:00Z' },
  { status: 'attempt_failed', at: '2026-01-05T15:00:00Z', reason: 'No one at home' },
  { status: 'returned_to_sender', at: '2026-01-05T16:00:00Z' },
];

it('shows a parcel that is delivered again with the way it came back', () => {
  const reopened = { status: 'reopened', at: '2026-01-06T09:00:00Z', reason: 'Customer is back' };
  const order = { ...placed, status: 'confirmed' as const, timeline: [...returned, reopened] };
  const steps = stepsOf({ ...order, delivery_status: 'pending' });
  expect(steps.map(({ name, state, detail }) => [name, state, detail ?? null])).toEqual([
    ['Placed', 'done', null],
    ['Paid', 'done', null],
    ["Couldn't deliver", 'failed', 'No one at home'],
    ['Returned to sender', 'failed', null],
    ['Delivering again', 'done', 'Customer is back'],
    ['Finding a courier', 'next', null],
    ['Picked up', 'later', null],
    ['On the way', 'later', null],
    ['Delivered', 'later', null],
  ]);
  const later = { status: 'assigned', at: '2026-01-06T10:00:00Z' };
  const again = stepsOf({ ...order, delivery_status: 'assigned', timeline: [...order.timeline, later] });
  expect(again.find((step) => step.name === 'Courier assigned')?.at).toBe(later.at);
});

it('shows that an order was cancelled after its parcel came back, and why', () => {
  const cancelled = { status: 'cancelled', at: '2026-01-06T09:00:00Z', reason: 'Refused' };
  const order = { ...placed, status: 'cancelled' as const, delivery_status: 'returned' as const };
  const steps = stepsOf({ ...order, timeline: [...returned, cancelled] });
  expect(steps.slice(-3).map(({ name, detail }) => [name, detail])).toEqual([
    ["Couldn't deliver", 'No one at home'],
    ['Returned to sender', null],
    ['Cancelled', 'Refused'],
  ]);
});

it('shows a transfer to another courier at its time', () => {
  const transferred = { status: 'transferred', at: '2026-01-05T14:10:00Z' };
  const timeline = [...returned.slice(0, 4), transferred, ...returned.slice(4, 5)];
  const order = { ...placed, status: 'confirmed' as const, delivery_status: 'on_the_way' as const };
  expect(stepsOf({ ...order, timeline }).map((step) => step.name)).toEqual([
    'Placed',
    'Paid',
    'Courier assigned',
    'Picked up',
    'Transferred to another courier',
    'On the way',
    'Delivered',
  ]);
});

it('shows the completed steps and the end of an order that ended early', () => {
  const timeline = [...placed.timeline, { status: 'expired' as const, at: '2026-01-05T12:15:00Z' }];
  const steps = stepsOf({ ...placed, status: 'expired', timeline });
  expect(steps.map((step) => [step.name, step.state])).toEqual([
    ['Placed', 'done'],
    ['Reservation expired', 'failed'],
  ]);
  expect(steps[1]?.at).toBe('2026-01-05T12:15:00Z');
});

it('shows the order status until confirmation, then the delivery status', () => {
  expect(orderStage({ status: 'pending', delivery_status: null }).label).toBe('Waiting for payment');
  expect(orderStage({ status: 'confirmed', delivery_status: 'on_the_way' }).label).toBe('On the way');
});

it('tells the customer of a cancelled order what became of the payment', () => {
  const confirmed = { status: 'confirmed' as const, at: '2026-01-05T12:05:00Z' };
  const timeline = [...placed.timeline, confirmed];
  const label = (payment: 'none' | 'authorised' | 'paid' | 'refunded', stages = timeline) =>
    customerPaymentLabel({ status: 'cancelled', payment_status: payment, timeline: stages });
  expect(label('none')).toBe('Payment released');
  expect(label('authorised')).toBe('Payment being released');
  expect(label('paid')).toBe('Refund in progress');
  expect(label('refunded')).toBe('Refunded');
  expect(isRefundOpen({ status: 'cancelled', payment_status: 'paid' })).toBe(true);
  expect(isRefundOpen({ status: 'cancelled', payment_status: 'refunded' })).toBe(false);
  expect(isRefundOpen({ status: 'completed', payment_status: 'paid' })).toBe(false);
  expect(label('none', placed.timeline)).toBe('Not paid');
  expect(customerPaymentLabel({ status: 'confirmed', payment_status: 'authorised', timeline })).toBe('Paid');
});

it('offers for each delivery what can be done with it', () => {
  const offered = (delivery_status: Parameters<typeof isCancellable>[0]['delivery_status']) => {
    const order = { status: 'confirmed' as const, delivery_status };
    return [isAssignable(order), isTransferable(order), isReturned(order), isCancellable(order)];
  };
  expect(offered('assigned')).toEqual([true, false, false, true]);
  expect(offered('on_the_way')).toEqual([false, true, false, false]);
  expect(offered('returning')).toEqual([false, true, false, false]);
  expect(offered('returned')).toEqual([false, false, true, true]);
  expect(isReturned({ status: 'cancelled', delivery_status: 'returned' })).toBe(false);
});

it('allows cancelling until pickup and assigning after confirmation', () => {
  expect(isCancellable({ status: 'confirmed', delivery_status: 'assigned' })).toBe(true);
  expect(isCancellable({ status: 'confirmed', delivery_status: 'picked_up' })).toBe(false);
  expect(isAssignable({ status: 'pending', delivery_status: null })).toBe(false);
});
