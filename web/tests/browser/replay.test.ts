import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

import { placeOrder } from './people';
import { setStage } from './stage';

const { instance, arrive } = setStage();

function card(page: Page, projection: string) {
  return page.locator(`[data-projection="${projection}"]`);
}

async function confirm(page: Page, action: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

it('an admin starts a replay, watches it become ready, verifies, switches and rolls back', async () => {
  const [admin, guest] = await Promise.all([arrive(), arrive()]);
  const { page } = admin;
  await admin.logIn('admin');
  await admin.openAdminPage('Replays');
  const orders = card(page, 'orders');
  await orders.getByRole('button', { name: 'Start replay…' }).click();
  await page.getByRole('dialog').getByText('Events to read').waitFor();
  await page.screenshot({ path: 'test-results/replay-start.png' });
  await page.getByLabel('Events per second at most').fill('none');
  await page.getByRole('dialog').getByRole('button', { name: 'Start replay' }).click();
  await admin.sees('Enter a whole number of at least 1');
  await page.getByLabel('Events per second at most').fill('500');
  await confirm(page, 'Start replay');
  await orders.getByRole('progressbar').waitFor();
  await orders.getByText(/left · [\d,]+ events\/s · .* left/).waitFor();
  await page.screenshot({ path: 'test-results/replay-building.png', fullPage: true });
  await orders.getByRole('button', { name: 'Pause' }).click();
  await orders.getByText('Paused', { exact: true }).waitFor();
  await page.reload();
  await orders.getByRole('button', { name: 'Resume…' }).click();
  await page.getByLabel('Events per second at most').fill('1000000');
  await confirm(page, 'Resume');
  await orders.getByText('Ready', { exact: true }).waitFor({ timeout: 90_000 });
  const loads = admin.loads;

  await placeOrder(guest, true);
  await orders.getByRole('button', { name: 'Verify' }).click();
  await orders.getByText('Verified', { exact: true }).waitFor();
  await orders.getByText(/rows are equal to the live ones/).waitFor();
  await orders.getByRole('button', { name: 'Switch…' }).click();
  await page.screenshot({ path: 'test-results/replay-switch.png', fullPage: true });
  await confirm(page, 'Switch');
  await orders.getByText('Serving', { exact: true }).waitFor();
  await orders.getByText(/roll-back possible until/).waitFor();
  await orders.getByRole('button', { name: 'Roll back…' }).click();
  await confirm(page, 'Roll back');
  await orders.getByText('Ready', { exact: true }).waitFor();
  await orders.getByRole('button', { name: 'Cancel replay…' }).click();
  await confirm(page, 'Cancel replay');
  await orders.getByText('Cancelled', { exact: true }).waitFor();
  expect(admin.loads).toBe(loads);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/replay-phone.png', fullPage: true });
  await Promise.all([admin.leave(), guest.leave()]);
}, 240_000);

it('an admin sees which rows differ from the live ones, and accepts that with a reason', async () => {
  const admin = await arrive();
  const { page } = admin;
  await admin.logIn('admin');
  await admin.visit('/replays');
  const products = card(page, 'products');
  await products.getByRole('button', { name: 'Start replay…' }).click();
  await confirm(page, 'Start replay');
  await products.getByText('Ready', { exact: true }).waitFor({ timeout: 90_000 });
  await instance.tamper(
    "UPDATE read_model.products SET name = 'A name that no event gave it' WHERE sku = (SELECT MIN(sku) FROM read_model.products)",
  );
  await products.getByRole('button', { name: 'Switch…' }).click();
  await confirm(page, 'Switch');
  await products.getByText(/Not done: the code is unchanged, but at position/).waitFor();
  await products.getByText(/1 row differs from the live ones/).waitFor();
  await products.getByText(/^products: 1 changed, 0 missing, 0 added/).click();
  const row = products.getByRole('row').filter({ hasText: 'A name that no event gave it' });
  await row.getByRole('cell', { name: 'name', exact: true }).waitFor();
  await page.screenshot({ path: 'test-results/replay-differs.png', fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/replay-differs-phone.png', fullPage: true });

  await products.getByRole('button', { name: 'Switch…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Accept and switch' }).click();
  expect(await dialog.count(), 'a reason is required').toBe(1);
  await dialog.getByLabel('Reason').fill('A row was changed by hand; the replay repairs it');
  await confirm(page, 'Accept and switch');
  await products.getByText('Serving', { exact: true }).waitFor();
  await products.getByRole('button', { name: 'Drop replaced tables…' }).click();
  await confirm(page, 'Drop tables');
  await admin.visit('/');
  expect(await page.getByText('A name that no event gave it').count()).toBe(0);
  await admin.leave();
}, 240_000);

it('a request that is refused says why, and changes nothing', async () => {
  const [one, other] = await Promise.all([arrive(), arrive()]);
  for (const admin of [one, other]) {
    await admin.logIn('admin');
    await admin.visit('/replays');
    await card(admin.page, 'stock').getByRole('button', { name: 'Start replay…' }).click();
  }
  await one.page.getByLabel('Events per second at most').fill('100');
  await confirm(one.page, 'Start replay');
  await other.page.getByRole('dialog').getByRole('button', { name: 'Start replay' }).click();
  await other.sees(/has a replay already/);
  await other.page.keyboard.press('Escape');
  await card(other.page, 'stock').getByRole('button', { name: 'Cancel replay…' }).click();
  await confirm(other.page, 'Cancel replay');
  await card(one.page, 'stock').getByText('Cancelled', { exact: true }).waitFor();
  expect(await card(one.page, 'stock').getByRole('progressbar').count()).toBe(0);
  await Promise.all([one.leave(), other.leave()]);
});

async function openRebuild(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Rebuild one order or SKU…' }).click();
  await page.getByRole('dialog', { name: 'Rebuild one order or SKU' }).waitFor();
}

async function rebuild(page: Page, projection: string, key: string): Promise<void> {
  await page.getByLabel('Projection').selectOption(projection);
  await page.getByLabel('Order ID or SKU').fill(key);
  await page.keyboard.press('Enter');
}

it('an admin rebuilds the rows of one order, and sees what differed', async () => {
  const [admin, guest] = await Promise.all([arrive(), arrive()]);
  const { page } = admin;
  const id = (await placeOrder(guest, true)).path.split('/').at(-1) ?? '';
  const row = `SELECT row_to_json(o) FROM read_model.orders AS o WHERE id = '${id}'`;
  const before = await instance.query(row);
  await instance.tamper(`UPDATE read_model.orders SET country = 'tampered' WHERE id = '${id}'`);
  await admin.logIn('admin');
  await admin.visit('/replays');
  await openRebuild(page);
  await rebuild(page, 'orders', ` ${id} `);
  const result = page.getByRole('dialog').getByRole('status');
  await expect.poll(() => result.textContent()).toMatch(/; 1 row has changed\.$/);
  expect(await result.textContent()).toMatch(
    new RegExp(`^orders: ${id} rebuilt from \\d+ events? at position [\\d,]+;`),
  );
  const table = page.getByRole('dialog').getByRole('table', { name: 'Rows of orders that differ' });
  const cells = await table.getByRole('row').nth(1).getByRole('cell').allInnerTexts();
  expect(cells).toEqual(['country', 'tampered', 'United Kingdom']);
  await page.screenshot({ path: 'test-results/replay-key.png' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/replay-key-phone.png' });
  expect(await instance.query(row)).toBe(before);

  await rebuild(page, 'orders', id);
  await expect
    .poll(() => result.textContent())
    .toMatch(/; its rows were right already; nothing has changed\.$/);
  expect(await table.count()).toBe(0);
  await Promise.all([admin.leave(), guest.leave()]);
});

it('a rebuild of an unknown key or of sums over many keys is refused at its field', async () => {
  const admin = await arrive();
  const { page } = admin;
  await admin.logIn('admin');
  await admin.visit('/replays');
  const rebuilds = "SELECT COUNT(*) FROM read_model.operator_actions WHERE verb = 'rebuild_key'";
  const before = await instance.query(rebuilds);
  await openRebuild(page);
  await rebuild(page, 'orders', 'no-such-key');
  await admin.sees('no event has the key `no-such-key`');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name'));
  await expect.poll(focused).toBe('key');
  expect(await page.getByLabel('Order ID or SKU').getAttribute('aria-invalid')).toBe('true');
  await page.screenshot({ path: 'test-results/replay-key-refused.png' });

  await rebuild(page, 'sales', 'no-such-key');
  await admin.sees(/the rows of `sales` are sums over many keys, .* replay the whole projection/);
  await expect.poll(focused).toBe('projection');
  expect(await page.getByLabel('Projection').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByText('no event has the key').count()).toBe(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/replay-key-refused-phone.png' });
  expect(await instance.query(rebuilds)).toBe(before);
  await admin.leave();
});

it('an admin sees the health of each part, live; nobody else does', async () => {
  const [admin, customer] = await Promise.all([arrive(), arrive()]);
  const { page } = admin;
  await admin.logIn('admin');
  await admin.openAdminPage('System');
  await page.getByText('All parts are working').waitFor();
  for (const part of ['Database', 'Log', 'Sockets', 'Disk', 'Projections', 'Policies'])
    await page.getByRole('region', { name: part, exact: true }).waitFor();
  const asOf = page.getByRole('region', { name: 'Release' });
  const before = await asOf.innerText();
  await expect.poll(() => asOf.innerText(), { timeout: 10_000 }).not.toBe(before);
  await page.screenshot({ path: 'test-results/system-wide.png', fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/system-phone.png', fullPage: true });
  await customer.logIn('customer');
  for (const path of ['/system', '/replays']) {
    await customer.visit(path);
    await customer.sees('This page is for other roles');
  }
  await Promise.all([admin.leave(), customer.leave()]);
});
