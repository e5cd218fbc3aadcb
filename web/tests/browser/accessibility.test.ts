import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { payWith, placeOrder } from './people';
import { setStage } from './stage';

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

const { arrive } = setStage();
let axe: string;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});

/** Resolves when all finite animations have ended, so that final colours are checked. */
const FADES_ENDED = `Promise.allSettled(
  document.getAnimations()
    .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
    .map((animation) => animation.finished),
).then(() => undefined)`;

/** Runs axe on the page as it is: WCAG 2.2 AA and best practices. */
async function runAxe(page: Page): Promise<string[]> {
  await page.evaluate(FADES_ENDED);
  await page.evaluate(axe);
  const found = await page.evaluate<Violation[]>('axe.run().then((result) => result.violations)');
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}

/** Violations of the page in both themes. */
async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  const backgrounds = new Set<string>();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    backgrounds.add(
      await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor'),
    );
    found.push(...(await runAxe(page)).map((violation) => `${scheme}: ${violation}`));
  }
  expect(backgrounds.size, 'both themes were shown').toBe(2);
  return found;
}

/** Violations of the page when everything has been loaded. */
async function violationsOnceLoaded(page: Page): Promise<string[]> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await expect.poll(() => page.locator('.animate-pulse').count(), { timeout: 30_000 }).toBe(0);
  return violations(page);
}

/** The screens, by the role that sees them. */
const SCREENS = {
  nobody: ['/', '/login', '/register', '/find-order', '/cart', '/checkout', '/nowhere'],
  customer: ['/orders', '/account'],
  courier: ['/courier'],
  admin: ['/admin', '/events', '/dead-letters', '/replays', '/system', '/privacy'],
  seller: ['/seller'],
  analyst: ['/analytics', '/analytics?position=20000'],
};

it.each(Object.entries(SCREENS))('the screens of %s are accessible', async (role, paths) => {
  const person = await arrive();
  if (role !== 'nobody') await person.logIn(role);
  const found: Record<string, string[]> = {};
  for (const path of paths) {
    if (new URL(person.page.url()).pathname !== path) await person.visit(path);
    found[path] = await violationsOnceLoaded(person.page);
  }
  expect(found).toEqual(Object.fromEntries(paths.map((path) => [path, []])));
  await person.leave();
});

it('every page of an order is accessible', async () => {
  const guest = await arrive();
  const found: Record<string, string[]> = {};
  const look = async (name: string) => {
    found[name] = await violationsOnceLoaded(guest.page);
  };
  await placeOrder(guest, true, look);
  await look('payment');
  await payWith(guest.page, 'Test card');
  await guest.seesStepDone('Paid');
  await look('tracking');

  const admin = await arrive();
  await admin.logIn('admin');
  await admin.page.locator('tbody tr').first().getByRole('button').click();
  await admin.page.getByRole('dialog').getByRole('list').first().waitFor();
  found.drawer = await violationsOnceLoaded(admin.page);
  expect(found).toEqual({ product: [], cart: [], checkout: [], payment: [], tracking: [], drawer: [] });
  await Promise.all([guest.leave(), admin.leave()]);
});

it(`the seller's panel and dialogs are accessible`, async () => {
  const seller = await arrive();
  const { page } = seller;
  await seller.logIn('seller');
  await page.getByRole('row').nth(1).getByRole('button').click();
  await page.getByLabel('Change').fill('-900000');
  await page.getByLabel('Reason').fill('Broken');
  await page.getByRole('button', { name: 'Adjust', exact: true }).click();
  await seller.sees(/you can't remove 900,000/);
  const panel = await violationsOnceLoaded(page);
  await page.getByRole('button', { name: 'Unlist product' }).click();
  await seller.sees("Customers won't find or order it any more");
  const dialog = await violationsOnceLoaded(page);
  expect({ panel, dialog }).toEqual({ panel: [], dialog: [] });
  await seller.leave();
});

it('the panel that rebuilds one order or SKU is accessible', async () => {
  const admin = await arrive();
  const { page } = admin;
  await admin.logIn('admin');
  await admin.visit('/replays');
  await page.getByRole('button', { name: 'Rebuild one order or SKU…' }).click();
  await page.getByLabel('Projection').selectOption('sales');
  await page.getByLabel('Order ID or SKU').fill('any');
  await page.getByRole('button', { name: 'Rebuild', exact: true }).click();
  await admin.sees(/are sums over many keys/);
  expect(await violationsOnceLoaded(page)).toEqual([]);
  await admin.leave();
});

it('/design shows every component and is accessible', async () => {
  const person = await arrive();
  const errors: string[] = [];
  person.page.on('pageerror', (error) => errors.push(error.message));
  await person.visit('/design');
  for (const chapter of ['Tokens', 'Controls', 'Orders', 'Feedback', 'Product pictures']) {
    await person.page.getByRole('heading', { name: chapter }).waitFor();
  }
  // This page always shows skeletons, so the test does not wait for them.
  expect(await violations(person.page)).toEqual([]);
  expect(errors).toEqual([]);
  await person.leave();
});
