import { expect, it } from 'vitest';

import { courierQueue, nextAction } from '@/features/courier/next-action';
import type { Schema } from '@/shared/api/client';

const delivery = (id: string, status: Schema<'Delivery'>['status']): Schema<'Delivery'> => ({
  id,
  order_id: id,
  order_number: 'WB-0000-0000',
  status,
  courier_id: null,
  contact: null,
  country: 'France',
  line_count: 1,
  timeline: [],
  position: 1,
});

it('offers one next action until the parcel is delivered', () => {
  const way = ['assigned', 'picked_up', 'on_the_way'] as const;
  expect(way.map((status) => nextAction(status)?.status)).toEqual(['picked_up', 'on_the_way', 'delivered']);
  expect(nextAction('delivered')).toBeNull();
});

it('lists deliveries on the way first and applies unsent updates', () => {
  const deliveries = [delivery('a', 'assigned'), delivery('b', 'on_the_way'), delivery('c', 'picked_up')];
  const waiting = {
    key: 'k',
    accountId: 'me',
    deliveryId: 'b',
    orderNumber: 'WB-0000-0000',
    status: 'delivered' as const,
    from: 'on_the_way' as const,
    heldUntil: 5_000,
  };
  expect(courierQueue(deliveries, { entries: [], accepted: [] }).open.map((each) => each.id)).toEqual([
    'b',
    'c',
    'a',
  ]);
  const held = courierQueue(deliveries, { entries: [waiting], accepted: [] }, 4_999);
  expect(held.open.find((each) => each.id === 'b')).toMatchObject({ status: 'delivered', held: waiting });
  const queue = courierQueue(deliveries, { entries: [waiting], accepted: [] }, 5_000);
  expect(queue.open.map((each) => each.id)).toEqual(['c', 'a']);
  expect(queue.done.map((each) => each.status)).toEqual(['delivered']);
});

it('shows an accepted update until the read model includes it', () => {
  const step = { deliveryId: 'a', status: 'on_the_way' as const, position: 5 };
  const shown = (position: number) =>
    courierQueue([{ ...delivery('a', 'picked_up'), position }], { entries: [], accepted: [step] }).open[0]
      ?.status;
  expect([shown(4), shown(5), shown(6)]).toEqual(['on_the_way', 'picked_up', 'picked_up']);
});

it('shows the reason of a failed attempt as the courier gave it', () => {
  const step = { deliveryId: 'a', status: 'attempt_failed' as const, reason: 'Dog in the yard', position: 5 };
  const own = courierQueue([delivery('a', 'on_the_way')], { entries: [], accepted: [step] });
  expect(own.open[0]?.reason).toBe('Dog in the yard');
  const later = [{ ...delivery('a', 'attempt_failed'), position: 9 }];
  expect(courierQueue(later, { entries: [], accepted: [step] }).open[0]?.reason).toBe('Dog in the yard');
  const timeline = [{ status: 'attempt_failed' as const, at: '2026-01-05T12:00:00Z', reason: 'Refused' }];
  const read = courierQueue([{ ...delivery('a', 'attempt_failed'), timeline }], {
    entries: [],
    accepted: [],
  });
  expect(read.open[0]?.reason).toBe('Refused');
});
