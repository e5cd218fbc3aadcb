import { readFile } from 'node:fs/promises';

import { expect, it } from 'vitest';

import { placeOrder } from './people';
import { setStage } from './stage';

const { arrive } = setStage();

it('an admin finds a guest, exports and erases the data, and sees it in the record', async () => {
  const [admin, guest] = await Promise.all([arrive(), arrive()]);
  const { page } = admin;
  const { number } = await placeOrder(guest, true);
  await admin.logIn('admin');
  await admin.openAdminPage('Personal data');
  const find = async (person: string) => {
    await page.getByLabel('E-mail address or order number').fill(person);
    await page.getByRole('button', { name: 'Find person' }).click();
  };
  await find('nobody@example.com');
  await admin.sees('No account, and no order of a guest');
  await find(number);
  const card = page.getByRole('region', { name: 'Person', exact: true });
  await card.getByText('1 order is still open').waitFor();
  expect(await card.getByRole('button', { name: 'Erase person…' }).count()).toBe(0);
  await page.screenshot({ path: 'test-results/privacy-open.png', fullPage: true });

  await guest.page.getByRole('button', { name: 'Cancel order' }).first().click();
  await guest.page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
  await guest.sees('Order cancelled');
  await find(number);
  const erase = card.getByRole('button', { name: 'Erase person…' });
  await erase.waitFor();
  const saving = page.waitForEvent('download');
  await card.getByRole('button', { name: 'Download data' }).click();
  expect(await readFile(await (await saving).path(), 'utf8')).toContain('Ada Lovelace');

  await erase.click();
  const dialog = page.getByRole('dialog', { name: 'Erase this person?' });
  await dialog.getByLabel('Reason').fill('Asked by letter');
  await dialog.getByLabel(`Type ${number} to confirm`).fill('WB-0000-0000');
  await dialog.getByRole('button', { name: 'Erase person' }).click();
  await dialog.getByText(`Type ${number} to confirm`).nth(1).waitFor();
  await page.screenshot({ path: 'test-results/privacy-dialog.png' });
  await dialog.getByLabel(`Type ${number} to confirm`).fill(number);
  await dialog.getByRole('button', { name: 'Erase person' }).click();
  await card.getByText('The data of this person is erased.').waitFor();
  const record = page.getByRole('listitem').filter({ hasText: `Guest of ${number}` });
  await record.getByText('Erased', { exact: true }).waitFor();
  await record.getByText('Asked by letter').waitFor();
  await record.getByText('requested by admin@demo.waybill.dev').waitFor();
  await page.screenshot({ path: 'test-results/privacy-wide.png', fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/privacy-phone.png', fullPage: true });
  await Promise.all([admin.leave(), guest.leave()]);
});

it('nobody else opens the page', async () => {
  const seller = await arrive();
  await seller.logIn('seller');
  await seller.visit('/privacy');
  await seller.sees('This page is for other roles');
  expect(await seller.page.getByRole('button', { name: 'Admin', exact: true }).count()).toBe(0);
  await seller.leave();
});
