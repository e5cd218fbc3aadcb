import { expect, it } from 'vitest';

import { placeOrder } from './people';
import { setStage } from './stage';

const { arrive } = setStage();

it('an admin follows the log, pauses it, and goes from an event to its effects and its order', async () => {
  const [admin, guest] = await Promise.all([arrive(), arrive()]);
  const { page } = admin;
  await admin.logIn('admin');
  await admin.openAdminPage('Events');
  const events = page.getByRole('row');
  await events.nth(1).waitFor();
  const newest = async () => Number(await events.nth(1).getAttribute('data-position'));
  const before = await newest();
  await placeOrder(guest, true);
  await expect.poll(newest).toBeGreaterThan(before);

  await page.getByLabel('Type').fill('OrderPlaced');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect.poll(() => new URL(page.url()).search).toBe('?type=OrderPlaced');
  await expect.poll(newest).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Pause' }).click();
  const placed = await newest();
  await placeOrder(guest, true);
  expect(await newest()).toBe(placed);
  await page.getByRole('button', { name: 'Follow new events' }).click();
  await expect.poll(newest).toBeGreaterThan(placed);

  await events.nth(1).getByRole('button').click();
  const panel = page.getByRole('dialog');
  await panel.getByText('A request from outside').waitFor();
  const stream = await panel.getByRole('button', { name: /^order-/ }).innerText();
  await panel.getByRole('button', { name: stream }).click();
  await expect.poll(() => page.getByLabel('Stream').inputValue()).toBe(stream);
  await page.reload();
  await expect.poll(() => events.count()).toBe(2);
  await events.nth(1).getByRole('button').click();
  await panel.getByRole('link', { name: 'Order on the live board' }).click();
  await page.getByRole('dialog', { name: 'Order' }).waitFor();
  await Promise.all([admin.leave(), guest.leave()]);
});

it('a wrong condition is an error at its field', async () => {
  const admin = await arrive();
  await admin.logIn('admin');
  await admin.visit('/events?actor=robot');
  await admin.sees(/must be .account:ID/);
  await admin.page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => admin.page.getByRole('row').count()).toBeGreaterThan(10);
  await admin.leave();
});
