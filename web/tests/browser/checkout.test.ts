import { expect, it } from 'vitest';

import { fillAddress } from './people';
import { setStage } from './stage';

const { arrive } = setStage();

it('an order retried after a lost response and a reload is placed once', async () => {
  const customer = await arrive();
  const { page } = customer;
  await customer.logIn('customer');
  await customer.visit('/?in_stock=true');
  await page.getByRole('heading', { level: 2 }).getByRole('link').first().click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Go to cart' }).click();
  await page.getByRole('link', { name: 'Check out' }).click();
  await fillAddress(page, false);

  // The server accepts the order, but the response never reaches the page.
  const ids: string[] = [];
  await page.route('**/api/v1/orders', async (route) => {
    const answer = await route.fetch();
    ids.push(((await answer.json()) as { id: string }).id);
    if (ids.length === 1) await route.abort('connectionreset');
    else await route.fulfill({ response: answer });
  });
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await customer.sees('No connection');
  await page.reload();
  await customer.sees(/won't duplicate it/);
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByRole('heading', { name: 'Review and pay' }).waitFor();
  expect(ids).toHaveLength(2);
  expect(ids[1]).toBe(ids[0]);
  await customer.leave();
});
