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

/** Axe violations of the page: WCAG 2.2 AA and best practices. */
async function violations(page: Page): Promise<string[]> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await expect.poll(() => page.locator('.animate-pulse').count(), { timeout: 30_000 }).toBe(0);
  await page.evaluate(FADES_ENDED);
  await page.evaluate(axe);
  const found = await page.evaluate<Violation[]>('axe.run().then((result) => result.violations)');
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}

const SCREENS = [
  { role: null, path: '/' },
  { role: null, path: '/login' },
  { role: null, path: '/register' },
  { role: null, path: '/find-order' },
  { role: null, path: '/cart' },
  { role: null, path: '/checkout' },
  { role: null, path: '/nowhere' },
  { role: 'customer', path: '/orders' },
  { role: 'customer', path: '/account' },
  { role: 'courier', path: '/courier' },
  { role: 'admin', path: '/admin' },
  { role: 'admin', path: '/events' },
  { role: 'admin', path: '/replays' },
  { role: 'admin', path: '/system' },
  { role: 'admin', path: '/privacy' },
  { role: 'seller', path: '/seller' },
  { role: 'analyst', path: '/analytics' },
] as const;

for (const scheme of ['light', 'dark'] as const) {
  it.each(SCREENS)(`$path is accessible in ${scheme} theme`, async ({ role, path }) => {
    const person = await arrive();
    await person.page.emulateMedia({ colorScheme: scheme });
    if (role !== null) await person.logIn(role);
    if (new URL(person.page.url()).pathname !== path) await person.visit(path);
    expect(await violations(person.page)).toEqual([]);
    await person.leave();
  });

  it(`every page of an order is accessible in ${scheme} theme`, async () => {
    const guest = await arrive();
    await guest.page.emulateMedia({ colorScheme: scheme });
    const found: Record<string, string[]> = {};
    const look = async (name: string) => {
      found[name] = await violations(guest.page);
    };
    await placeOrder(guest, true, look);
    await look('payment');
    await payWith(guest.page, 'Test card');
    await guest.seesStepDone('Paid');
    await look('tracking');

    const admin = await arrive();
    await admin.page.emulateMedia({ colorScheme: scheme });
    await admin.logIn('admin');
    await admin.page.locator('tbody tr').first().getByRole('button').click();
    await admin.page.getByRole('dialog').getByRole('list').first().waitFor();
    found.drawer = await violations(admin.page);
    expect(found).toEqual({ product: [], cart: [], checkout: [], payment: [], tracking: [], drawer: [] });
    await Promise.all([guest.leave(), admin.leave()]);
  });

  it(`the seller's panel and dialogs are accessible in ${scheme} theme`, async () => {
    const seller = await arrive();
    const { page } = seller;
    await page.emulateMedia({ colorScheme: scheme });
    await seller.logIn('seller');
    await page.getByRole('row').nth(1).getByRole('button').click();
    await page.getByLabel('Change').fill('-900000');
    await page.getByLabel('Reason').fill('Broken');
    await page.getByRole('button', { name: 'Adjust', exact: true }).click();
    await seller.sees(/you can't remove 900,000/);
    const panel = await violations(page);
    await page.getByRole('button', { name: 'Unlist product' }).click();
    await seller.sees("Customers won't find or order it any more");
    const dialog = await violations(page);
    expect({ panel, dialog }).toEqual({ panel: [], dialog: [] });
    await seller.leave();
  });

  it(`/design shows every component, accessible in ${scheme} theme`, async () => {
    const person = await arrive();
    const errors: string[] = [];
    person.page.on('pageerror', (error) => errors.push(error.message));
    await person.page.emulateMedia({ colorScheme: scheme });
    await person.visit('/design');
    for (const chapter of ['Tokens', 'Controls', 'Orders', 'Feedback', 'Product pictures']) {
      await person.page.getByRole('heading', { name: chapter }).waitFor();
    }
    await person.page.evaluate(axe);
    const found = await person.page.evaluate<Violation[]>(
      // This page always shows skeletons, so the test does not wait for them.
      'axe.run().then((result) => result.violations)',
    );
    expect(
      found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
    ).toEqual([]);
    expect(errors).toEqual([]);
    await person.leave();
  });
}
