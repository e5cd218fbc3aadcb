import { randomBytes } from 'node:crypto';

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

import { type Person, placeOrder } from './people';
import { setStage } from './stage';

const { arrive } = setStage();

/** Number in a cell of the open product's stock. */
async function stock(page: Page, caption: string): Promise<number> {
  const cells = page.getByRole('region', { name: 'Stock', exact: true });
  const cell = cells.locator('div').filter({ has: page.getByText(caption, { exact: true }) });
  return Number((await cell.first().locator('span').innerText()).replaceAll(',', ''));
}

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

it('stock is received once when the button is pressed again after a lost response', async () => {
  const seller = await arrive();
  const { page } = seller;
  await seller.logIn('seller');
  await page.getByRole('row').nth(2).getByRole('button').click();
  await expect.poll(() => stock(page, 'On hand')).toBeGreaterThan(0);
  const before = await stock(page, 'On hand');

  // The server accepts the receipt, but the first response never reaches the page.
  let answers = 0;
  await page.route('**/receipts', async (route) => {
    const response = await route.fetch();
    answers += 1;
    if (answers === 1) await route.abort('connectionreset');
    else await route.fulfill({ response });
  });
  const receive = page.getByRole('button', { name: 'Receive', exact: true });
  await page.getByLabel('Quantity', { exact: true }).fill('7');
  await receive.dblclick();
  await seller.sees(/Couldn't reach the server/);
  await receive.click();
  await seller.sees('Stock received');
  await expect.poll(() => page.getByLabel('Quantity', { exact: true }).inputValue()).toBe('');
  await expect.poll(() => stock(page, 'On hand')).toBe(before + 7);
  await seller.leave();
});

/** Lists a new product and opens its panel. */
async function listProduct({ page }: Person): Promise<string> {
  const sku = `LAMP-${randomBytes(4).toString('hex').toUpperCase()}`;
  await page.getByRole('button', { name: 'New product' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Brass lamp');
  await form.getByLabel('SKU').fill(sku);
  await form.getByLabel('Category').fill('Lighting');
  await form.getByLabel('Price (£)').fill('12');
  await form.getByRole('button', { name: 'List product' }).click();
  await openProduct(page, sku);
  return sku;
}

async function openProduct(page: Page, sku: string): Promise<void> {
  await page.getByLabel('Search your products').fill(sku);
  await page.getByRole('row').filter({ hasText: sku }).getByRole('button').click();
}

/** Counts of the open product's table of stock over time, latest first: on hand, available, reserved. */
async function levels(page: Page): Promise<number[][]> {
  const rows = page.getByRole('region', { name: 'Stock over time as a table' }).locator('tbody tr');
  const texts = await rows.evaluateAll((found) =>
    found.map((row) => [...row.querySelectorAll('td')].slice(1).map((cell) => cell.innerText)),
  );
  return texts.map((cells) => cells.map(Number));
}

it('a seller sees the stock of a product over time, after receipts and an order', async () => {
  const [seller, guest] = await Promise.all([arrive(), arrive()]);
  const { page } = seller;
  await seller.logIn('seller');
  const sku = await listProduct(seller);
  const chart = page.getByRole('region', { name: 'Stock over time', exact: true });
  await chart.getByText('No stock received yet').waitFor();
  const viewAsTable = chart.getByText('View as table');
  for (const [quantity, onHand] of [
    ['7', 7],
    ['5', 12],
  ] as const) {
    await page.getByLabel('Quantity', { exact: true }).fill(quantity);
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    if (onHand === 7) await viewAsTable.click();
    await expect.poll(async () => (await levels(page))[0]).toEqual([onHand, onHand, 0]);
  }
  const labels = ['On hand', 'Available', 'Reserved'];
  expect(await chart.getByRole('columnheader').allInnerTexts()).toEqual(['Time', ...labels]);

  await placeOrder(guest, true, undefined, sku);
  await page.reload();
  await openProduct(page, sku);
  await chart.getByText('3 events').waitFor();
  await viewAsTable.click();
  expect(await levels(page)).toEqual([
    [12, 11, 1],
    [12, 12, 0],
    [7, 7, 0],
  ]);
  for (const name of ['on_hand', 'available', 'reserved'])
    expect(await chart.locator(`path[data-series="${name}"]`).getAttribute('d')).toMatch(/^M0 .*V.*H1000$/);
  await page.screenshot({ path: 'test-results/stock-chart.png' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/stock-chart-phone.png' });
  await Promise.all([seller.leave(), guest.leave()]);
});

it('a seller finds a product, unlists it after confirmation, and lists it again', async () => {
  const seller = await arrive();
  const { page } = seller;
  const sku = `LAMP-${randomBytes(4).toString('hex').toUpperCase()}`;
  await seller.logIn('seller');
  await page.getByRole('button', { name: 'New product' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Brass lamp');
  await form.getByLabel('SKU').fill(sku);
  await form.getByLabel('Category').fill('Lighting');
  await form.getByLabel('Price (£)').fill('twelve');
  await form.getByRole('button', { name: 'List product' }).click();
  await seller.sees('Enter a price like 12 or 12.50');
  await form.getByLabel('Price (£)').fill('12');
  await form.getByRole('button', { name: 'List product' }).click();
  await seller.sees('Product listed');

  await page.getByLabel('Search your products').fill(`brass ${sku}`);
  const row = page.getByRole('row').filter({ hasText: sku });
  await row.getByText('Sold out').filter({ visible: true }).waitFor();
  await row.getByRole('button').click();
  await page.getByRole('button', { name: 'Unlist product' }).click();
  const confirm = page.getByRole('dialog', { name: 'Unlist Brass lamp?' });
  await page.getByRole('button', { name: 'Keep product' }).click();
  await confirm.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Unlist product' }).click();
  await confirm.getByRole('button', { name: 'Unlist product' }).click();
  await seller.sees('Product unlisted');
  await page.keyboard.press('Escape');
  await row.getByText('Unlisted').filter({ visible: true }).waitFor();
  await page.getByRole('button', { name: 'Listed', exact: true }).click();
  await seller.sees(/No results for/);
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  expect(await page.getByRole('row').nth(1).getByText('Unlisted').count()).toBe(0);

  await seller.visit(`/products/${sku}`);
  await seller.sees('This product is no longer available.');
  expect(await page.getByText(/in stock|Sold out/).count()).toBe(0);

  await page.goBack();
  await page.getByLabel('Search your products').fill(sku);
  await row.getByRole('button').click();
  await page.getByRole('button', { name: 'List again' }).click();
  await seller.sees('Product listed again');
  await page.getByRole('button', { name: 'Unlist product' }).waitFor();
  await seller.leave();
});
