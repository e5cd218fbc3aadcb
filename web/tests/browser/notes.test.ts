import { it } from 'vitest';

import type { Page } from 'playwright-core';

import { payWith, placeOrder } from './people';
import { setStage } from './stage';

const { arrive } = setStage();

async function addNote(page: Page, text: string): Promise<void> {
  await page.getByLabel('Add a note').fill(text);
  await page.getByRole('button', { name: 'Add note' }).click();
}

it('customer and admin write notes on an order and see each other’s without a reload', async () => {
  const [customer, admin] = await Promise.all([arrive(), arrive()]);
  await customer.logIn('customer');
  await admin.logIn('admin');
  await admin.isLive();
  const { number } = await placeOrder(customer, false);
  await payWith(customer.page, 'Test card');
  await customer.seesStepDone('Paid');
  await admin.page.getByRole('button', { name: /new order/ }).click();
  await admin.page.locator(`tr[data-order="${number}"]`).getByRole('button').click();
  const [own, all] = [customer, admin].map(({ page }) => page.getByRole('list', { name: 'Notes' }));

  await addNote(customer.page, 'Leave it at the porch.');
  await all?.getByText('Leave it at the porch.').waitFor();
  await admin.page.getByRole('checkbox', { name: 'Internal' }).click();
  await addNote(admin.page, 'Called twice.');
  await all?.getByText('Called twice.').waitFor();
  await admin.page.getByRole('checkbox', { name: 'Internal' }).click();
  await addNote(admin.page, 'We told the courier.');
  await own?.getByText('We told the courier.').waitFor();
  await own?.getByText('Called twice.').waitFor({ state: 'detached' });

  await customer.page.reload();
  await own?.getByText('Leave it at the porch.').waitFor();
  await own?.getByText('Called twice.').waitFor({ state: 'detached' });
  await Promise.all([customer.leave(), admin.leave()]);
});
