import { QueryClient } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';

import { orderQuery } from '@/features/order/requests';
import { withChange } from '@/features/order/with-change';
import type { Schema } from '@/shared/api/client';
import { guestToken, keepGuestToken } from '@/shared/api/guest-tokens';

const ORDER = {
  id: 'o1',
  status: 'cancelled',
  payment_status: 'authorised',
  return_status: 'none',
  timeline: [],
  version: 3,
  position: 3,
} as unknown as Schema<'Order'>;

it('a load that was answered before a change arrived does not undo the change', async () => {
  const queryClient = new QueryClient();
  const query = orderQuery('o1', null);
  queryClient.setQueryData(query.queryKey, ORDER);
  let respond: (response: Response) => void = () => undefined;
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => new Promise((resolve) => (respond = resolve)));
  const load = queryClient.query(query);
  await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
  queryClient.setQueryData(
    query.queryKey,
    (known) => known && withChange(known, { ...known, payment_status: 'none', version: 4, position: 5 }),
  );
  respond(Response.json({ ...ORDER, return_status: 'partial', position: 4 }));
  await load;
  expect(queryClient.getQueryData(query.queryKey)).toMatchObject({
    payment_status: 'none',
    return_status: 'partial',
    position: 5,
  });
});

it('an order whose guest token is no longer accepted is loaded as the session may see it', async () => {
  keepGuestToken('o1', 'expired');
  const seen: (string | null)[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const authorization = (input as Request).headers.get('Authorization');
    seen.push(authorization);
    const answer = authorization === null ? Response.json(ORDER) : Response.json({}, { status: 401 });
    return Promise.resolve(answer);
  });
  expect(await new QueryClient().query(orderQuery('o1', 'expired'))).toMatchObject({ id: 'o1' });
  expect(seen).toEqual(['Bearer expired', null]);
  expect(guestToken('o1')).toBeNull();
});
