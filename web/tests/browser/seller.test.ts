import { expect, it } from 'vitest';

import { setStage } from './stage';

const { arrive } = setStage();

it('a seller changes a price and receives units, and both hold after a reload', async () => {
  const seller = await arrive();
  const { page } = seller;
  await seller.logIn('seller');
  const first = page.getByRole('row').nth(1);
  const name = await first.getByRole('button').innerText();
  await first.getByRole('button').click();
  await page.getByLabel('Price in £').fill('34.56');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await seller.sees('Price changed');
  await page.getByLabel('Units', { exact: true }).fill('7');
  await page.getByRole('button', { name: 'Receive', exact: true }).click();
  await seller.sees('Units received');

  await page.reload();
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByText('£34.56').waitFor();
  expect(await row.count()).toBe(1);
  await seller.leave();
});
