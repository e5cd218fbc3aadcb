import { expect, it } from 'vitest';

import { actorName, eventName, fieldName, fieldValue, indexAt, momentAfter } from '@/features/order/past';
import { momentOf, orderSearch } from '@/features/order/search';
import * as v from 'valibot';

it('an event of the order is linked by its version, others by their position', () => {
  expect(momentAfter({ stream_id: 'order-7', version: 3, position: 90 })).toEqual({ version: 3 });
  expect(momentAfter({ stream_id: 'payment-7', version: 2, position: 91 })).toEqual({ position: 91 });
});

it('the step of a position is the last event up to it', () => {
  const events = [{ position: 5 }, { position: 9 }, { position: 12 }];
  expect([4, 5, 8, 9, 99].map((position) => indexAt(events, position))).toEqual([0, 0, 0, 1, 2]);
});

it('a wrong moment in the address shows the present', () => {
  const moment = (search: object) => momentOf(v.parse(orderSearch, search));
  expect(moment({})).toBeNull();
  expect(moment({ version: 0 })).toBeNull();
  expect(moment({ at: 'yesterday' })).toBeNull();
  expect(moment({ version: 2, position: 80 })).toEqual({ version: 2 });
  expect(moment({ at: '2026-03-01T09:30:00Z' })).toEqual({ at: '2026-03-01T09:30:00Z' });
});

it('events, actors and fields have names for people', () => {
  expect(eventName('PaymentAuthorised')).toBe('Payment authorised');
  expect(actorName({ role: 'courier', is_own: false })).toBe('the courier');
  expect(actorName({ role: 'courier', is_own: true })).toBe('you');
  expect(fieldName('/payment_status')).toBe('Payment status');
  expect(fieldName('/lines/0/returned_quantity')).toBe('Lines 1, returned quantity');
  expect(fieldName('/totals/total/minor')).toBe('Totals, total');
  expect(fieldValue('/status', 'part_paid', 'GBP')).toBe('Part paid');
  expect(fieldValue('/totals/total/minor', 1250, 'GBP')).toBe('£12.50');
  expect(fieldValue('/courier_id', null, 'GBP')).toBe('none');
});
