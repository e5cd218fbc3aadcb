import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject, it } from 'vitest';

import { Instance } from './instance';
import { launch, Person } from './people';

const { data, port } = inject('instance');
const instance = new Instance(data, port);
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

it('a seller changes a price and receives units, and both hold after a reload', async () => {
  const seller = await Person.arrive(browser, instance.url);
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
  await seller.leave();
});
