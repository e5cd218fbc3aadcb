import { expect, it } from 'vitest';

import { setStage } from './stage';

const { arrive } = setStage();

it('a seller’s price change and stock receipt survive a reload', async () => {
  const seller = await arrive();
  const { page } = seller;
  await seller.logIn('seller');
  const first = page.getByRole('row').nth(1);
  const name = await first.getByRole('button').innerText();
  await first.getByRole('button').click();
  await page.getByLabel('Price (£)').fill('34.56');
  await page.getByRole('button', { name: 'Update price', exact: true }).click();
  await seller.sees('Price updated');
  await page.getByLabel('Quantity', { exact: true }).fill('7');
  await page.getByRole('button', { name: 'Receive', exact: true }).click();
  await seller.sees('Stock received');

  await page.reload();
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByText('£34.56').waitFor();
  expect(await row.count()).toBe(1);
  await seller.leave();
});
