import { expect, it } from 'vitest';

import { copyTrackingLink, payWith, type Person, placeOrder } from './people';
import { setStage } from './stage';

const { arrive } = setStage();

async function placesPaidOrder(person: Person, isGuest: boolean): Promise<string> {
  const { path } = await placeOrder(person, isGuest);
  await payWith(person.page, 'Test card');
  await person.seesStepDone('Paid');
  return path;
}

it('a customer goes through the life of an order with the keyboard, and back to now', async () => {
  const customer = await arrive();
  const { page } = customer;
  await customer.logIn('customer');
  const path = await placesPaidOrder(customer, false);
  await page.getByRole('link', { name: 'History' }).click();
  await customer.sees(/^As of /);
  const slider = page.getByRole('slider', { name: 'Moment in the life of the order' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => new URL(page.url()).search).toBe('?version=1');
  await customer.sees('Waiting for payment');
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/^Event 1 of \d+: Order placed/);
  expect(await page.getByRole('button', { name: 'Cancel order' }).count()).toBe(0);

  await page.keyboard.press('ArrowRight');
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/^Event 2 of/);
  const changes = page.getByLabel('Changes');
  await changes.getByText('Payment status').waitFor();
  await customer.sees(/^By /);

  await customer.visit(`${path}?version=1`);
  await customer.sees('Order placed');
  await customer.visit(`${path}?version=99`);
  await customer.sees("Couldn't show this moment");
  await page.getByRole('link', { name: 'Back to now' }).click();
  await customer.isLive();
  expect(new URL(page.url()).search).toBe('');
  await customer.leave();
});

it('a guest sees the history of the order, and a stranger does not', async () => {
  const [guest, stranger] = await Promise.all([arrive(), arrive()]);
  const path = await placesPaidOrder(guest, true);
  await guest.visit(`${path}?version=1`);
  await guest.sees('Order placed');
  await guest.sees('By you');
  await stranger.visit(`${path}?version=1`);
  await stranger.sees("Can't show this order");
  expect(await stranger.page.getByText('Order placed').count()).toBe(0);
  await Promise.all([guest.leave(), stranger.leave()]);
});

it('a tracking link to a moment opens the order as it was then', async () => {
  const [guest, friend] = await Promise.all([arrive(), arrive()]);
  const path = await placesPaidOrder(guest, true);
  const { hash } = new URL(await copyTrackingLink(guest));
  await friend.visit(`${path}?version=1${hash}`);
  await friend.sees('Waiting for payment');
  const address = new URL(friend.page.url());
  expect([address.pathname, address.search, address.hash]).toEqual([path, '?version=1', '']);
  await Promise.all([guest.leave(), friend.leave()]);
});

it('an admin goes from the causes of an order to the log, and back to the order of that time', async () => {
  const [admin, customer] = await Promise.all([arrive(), arrive()]);
  const { page } = admin;
  await admin.logIn('admin');
  await customer.logIn('customer');
  const path = await placesPaidOrder(customer, false);
  await customer.page.getByRole('button', { name: 'Cancel order' }).click();
  await customer.page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
  await customer.sees('Payment released');
  expect(await customer.page.getByText('Causes and effects').count()).toBe(0);

  await admin.visit(path);
  const tree = page.getByRole('region', { name: 'Causes and effects' });
  await tree.getByText('Policy settlement').first().waitFor();
  expect(await tree.locator('[data-depth="0"]').count()).toBeGreaterThan(1);
  await tree.locator('[data-depth="1"]').getByRole('link', { name: 'Payment cancelled' }).click();
  const event = page.getByRole('dialog', { name: 'Event' });
  await event.getByText('policy:settlement').waitFor();
  await event.getByRole('link', { name: 'as of this event' }).click();
  await admin.sees(/^As of /);
  await expect.poll(() => tree.locator('[aria-current]').innerText()).toBe('Payment cancelled');
  await Promise.all([admin.leave(), customer.leave()]);
});
