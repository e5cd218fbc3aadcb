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
  const waiting = { key: 'k', accountId: 'me', deliveryId: 'b', status: 'delivered' as const };
  expect(courierQueue(deliveries, { entries: [], accepted: [] }).open.map((each) => each.id)).toEqual([
    'b',
    'c',
    'a',
  ]);
  const queue = courierQueue(deliveries, { entries: [waiting], accepted: [] });
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
