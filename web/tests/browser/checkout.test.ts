import { expect, it } from 'vitest';

import { addToCart, fillAddress, placeOrder } from './people';
import { setStage } from './stage';

const { arrive } = setStage();

it('an order retried after a lost response and a reload is placed once', async () => {
  const customer = await arrive();
  const { page } = customer;
  await customer.logIn('customer');
  await addToCart(customer);
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

it('a double click on Pay is one payment; Back never leads to the emptied checkout', async () => {
  const customer = await arrive();
  const { page } = customer;
  await customer.logIn('customer');
  const { path } = await placeOrder(customer, false);
  const sent: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.includes('/payments/')) sent.push(pathname.replace('/api/v1/payments/', ''));
  });
  await page.getByRole('button', { name: /^Pay £/ }).dblclick();
  await customer.seesStepDone('Paid');
  expect(sent).toEqual(['intent', 'confirm']);
  expect(await page.getByText('Payment received').count()).toBe(1);

  await page.getByRole('link', { name: 'My orders' }).click();
  await page.getByRole('heading', { name: 'My orders' }).waitFor();
  await page.goBack();
  expect(new URL(page.url()).pathname).toBe(path);
  await page.goBack();
  expect(new URL(page.url()).pathname).toBe('/cart');

  await page.goForward();
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
  await customer.sees('Payment released');
  await page.getByText('Not paid').waitFor({ state: 'detached' });
  await customer.leave();
});

it('a postal code and phone number that do not fit the country are errors at their fields', async () => {
  const guest = await arrive();
  const { page } = guest;
  await addToCart(guest);
  await page.getByRole('link', { name: 'Go to cart' }).click();
  await page.getByRole('link', { name: 'Check out' }).click();
  await fillAddress(page, true);
  await page.getByLabel('Country').selectOption('Germany');
  await page.getByLabel('Phone').fill('12');
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await guest.sees(/^Check the .+ fields marked above$/);
  await guest.sees('Enter a valid Germany postal code');
  const postalCode = page.getByLabel('Postal code');
  expect(await postalCode.evaluate((input) => input === document.activeElement)).toBe(true);
  await postalCode.fill('10117');
  await page.getByText('Enter a valid Germany postal code').waitFor({ state: 'detached' });
  await page.getByLabel('Phone').fill('030 901820');
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByRole('heading', { name: 'Review and pay' }).waitFor();
  await guest.leave();
});

it('a price that changed after it was shown is charged only when the customer accepts it', async () => {
  const customer = await arrive();
  const { page } = customer;
  await customer.logIn('customer');
  await addToCart(customer);
  // As if the seller had changed the price since.
  await page.evaluate(() => {
    const cart = JSON.parse(localStorage.getItem('waybill.cart') ?? '{}') as {
      lines: { price: { minor: number } }[];
    };
    for (const line of cart.lines) line.price.minor += 1;
    localStorage.setItem('waybill.cart', JSON.stringify(cart));
  });
  await customer.visit('/checkout');
  await fillAddress(page, false);
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await customer.sees(/£[\d.]+ → £[\d.]+/);
  expect(new URL(page.url()).pathname).toBe('/checkout');
  await page.getByRole('button', { name: 'Accept new price' }).click();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByRole('heading', { name: 'Review and pay' }).waitFor();
  await customer.leave();
});
