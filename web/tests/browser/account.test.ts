import { readFile } from 'node:fs/promises';

import { expect, it } from 'vitest';

import { placeOrder } from './people';
import { setStage } from './stage';

const { arrive } = setStage();

const PASSWORD = 'sixteen warm socks';

it('a customer downloads the data, deletes the account, and cannot log in again', async () => {
  const email = `canary-${Date.now()}@example.com`;
  const customer = await arrive();
  const { page } = customer;
  await customer.visit('/register?then=%2Faccount');
  await page.getByLabel('Name').fill('Grace Canary');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  const { number } = await placeOrder(customer, false);
  await customer.visit('/account');

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download my data' }).click();
  const data = await readFile(await (await saving).path(), 'utf8');
  expect(data).toContain(email);
  expect(data).toContain(number);

  await page.getByRole('button', { name: 'Delete my account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Delete account' }).click();
  await dialog.getByText(`Still open: ${number}`).waitFor();
  const orders = await customer.openTab('/orders');
  await orders.getByRole('link', { name: number }).first().click();
  await orders.getByRole('button', { name: 'Cancel order' }).first().click();
  await orders.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
  await orders.getByText('Order cancelled').first().waitFor();
  await orders.close();

  await dialog.getByRole('button', { name: 'Delete account' }).click();
  await customer.sees('Your account is deleted');
  await customer.visit('/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await customer.sees('Incorrect e-mail or password');
  await customer.leave();
});
