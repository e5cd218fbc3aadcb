import { expect } from 'vitest';

import { DEMO_PASSWORD } from './instance';

interface Answer {
  id: string;
  position: number;
  access_token: string;
  guest_token: string;
}

/** Sends a request that must succeed, and returns the body of the response. */
async function send(
  url: string,
  token: string | null,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  expect(response.ok, `${url}: ${response.status} ${text}`).toBe(true);
  return JSON.parse(text) as Answer;
}

async function logIn(api: string, role: string): Promise<string> {
  const account = { email: `${role}@demo.waybill.dev`, password: DEMO_PASSWORD };
  return (await send(`${api}/auth/login`, null, account)).access_token;
}

/** Guest order of a SKU, paid. */
async function order(api: string, sku: string, quantity: number): Promise<Answer> {
  const placed = await send(`${api}/orders`, null, {
    lines: [{ sku, quantity }],
    email: 'guest@example.com',
    shipping_address: {
      name: 'Ada Lovelace',
      line1: '12 St James’s Square',
      city: 'London',
      postal_code: 'SW1Y 4JH',
      country: 'United Kingdom',
    },
  });
  const token = placed.guest_token;
  const payment = await send(`${api}/payments/intent`, token, { order_id: placed.id });
  await send(`${api}/payments/confirm`, token, { payment_id: payment.id, method: 'sandbox_ok' });
  return placed;
}

/** Sells three units at €2.50, and one that is cancelled again. Returns when the sales figures include them. */
export async function sellInEuros(base: string): Promise<void> {
  const api = `${base}/api/v1`;
  const seller = await logIn(api, 'seller');
  const sku = 'EURO-MUG';
  const price = { minor: 250, currency: 'EUR' };
  await send(`${api}/products`, seller, { sku, name: 'Euro mug', description: '', category: 'Mugs', price });
  await send(`${api}/stock/${sku}/receipts`, seller, { quantity: 10, reference: 'first' });
  await order(api, sku, 3);
  const other = await order(api, sku, 1);
  const cancelled = await send(`${api}/orders/${other.id}/cancellation`, other.guest_token, {
    reason: 'changed my mind',
  });
  // Other tests buy what they find in the catalogue, and expect pounds.
  await send(`${api}/products/${sku}`, seller, { reason: 'sold in another test' }, 'DELETE');
  const analyst = await logIn(api, 'analyst');
  await send(`${api}/analytics/currencies?min_position=${cancelled.position}`, analyst);
}
