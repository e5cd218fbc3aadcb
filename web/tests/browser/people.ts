import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, onTestFailed } from 'vitest';

import { DEMO_PASSWORD } from './instance';

const CHROMIUM = process.env.WAYBILL_CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-sync',
  '--disable-component-update',
];

/** Time limit for a page to show a change made elsewhere. */
const SHOWN_WITHIN_MS = 30_000;

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** User with a separate browser context. Counts page loads, so that tests can assert that none happened. */
export class Person {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #base: string;
  #loads = 0;

  private constructor(context: BrowserContext, page: Page, base: string) {
    this.#context = context;
    this.page = page;
    this.#base = base;
    page.setDefaultTimeout(SHOWN_WITHIN_MS);
    page.on('load', () => (this.#loads += 1));
  }

  static async arrive(browser: Browser, base: string): Promise<Person> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    onTestFailed(async ({ task }) => {
      const name = `${task.name} ${new URL(page.url()).pathname}`.replace(/[^a-z0-9]+/gi, '-');
      await page.screenshot({ path: `test-results/${name}.png`, fullPage: true });
    });
    return new Person(context, page, base);
  }

  get loads(): number {
    return this.#loads;
  }

  async visit(path: string): Promise<void> {
    await this.page.goto(this.#base + path);
  }

  /** Opens a path in another tab of the same browser. */
  async openTab(path: string): Promise<Page> {
    const tab = await this.#context.newPage();
    tab.setDefaultTimeout(SHOWN_WITHIN_MS);
    await tab.goto(this.#base + path);
    return tab;
  }

  /** Logs in with the demo account of a role, or another account, and waits for its start page. */
  async logIn(role: string, email = `${role}@demo.waybill.dev`): Promise<void> {
    await this.visit('/login');
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill(DEMO_PASSWORD);
    await this.page.getByRole('button', { name: 'Log in', exact: true }).click();
    await this.page.waitForURL((url) => url.pathname !== '/login');
    // The page that arrives takes the focus, which closes what was opened before.
    await this.page.locator('h1:focus').waitFor();
  }

  /** Opens a page of the menu "Admin" in the header. */
  async openAdminPage(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Admin', exact: true }).click();
    await this.page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ timeout: SHOWN_WITHIN_MS });
  }

  /** Waits until the timeline step is done. */
  async seesStepDone(step: string): Promise<void> {
    const item = this.page.locator('li[data-state="done"]').filter({ hasText: step });
    await item.first().waitFor({ timeout: SHOWN_WITHIN_MS });
  }

  /** Waits until the page is connected and shows "Live". */
  async isLive(): Promise<void> {
    await this.page.getByText('Live', { exact: true }).first().waitFor({ timeout: SHOWN_WITHIN_MS });
  }

  async leave(): Promise<void> {
    await this.#context.close();
  }
}

/** Adds the product with this SKU to the cart, or the first one in stock. */
export async function addToCart(person: Person, sku?: string): Promise<void> {
  const { page } = person;
  await person.visit(sku === undefined ? '/?in_stock=true' : `/products/${sku}`);
  if (sku === undefined) await page.getByRole('heading', { level: 2 }).getByRole('link').first().click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
}

/**
 * Adds the first product in stock, or that with the given SKU, to the cart and goes through the checkout up to the
 * payment. Calls `onPage` on each page.
 */
export async function placeOrder(
  person: Person,
  isGuest: boolean,
  onPage: (name: string) => Promise<void> = () => Promise.resolve(),
  sku?: string,
): Promise<{ number: string; path: string }> {
  const { page } = person;
  await addToCart(person, sku);
  await onPage('product');
  await page.getByRole('link', { name: 'Go to cart' }).click();
  await page.getByRole('heading', { name: 'Your cart' }).waitFor();
  await onPage('cart');
  await page.getByRole('link', { name: 'Check out' }).click();
  await fillAddress(page, isGuest);
  await onPage('checkout');
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByRole('heading', { name: 'Review and pay' }).waitFor();
  const path = new URL(page.url()).pathname;
  const number = await page.locator('[data-order]').first().getAttribute('data-order');
  expect(number).toMatch(/^WB-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  return { number: number ?? '', path };
}

export async function fillAddress(page: Page, isGuest: boolean): Promise<void> {
  if (isGuest) await page.getByLabel('E-mail').fill('guest@example.com');
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('Street and number').fill('12 St James’s Square');
  await page.getByLabel('Postal code').fill('SW1Y 4JH');
  await page.getByLabel('City').fill('London');
}

/** Pays with the test payment method of this name. */
export async function payWith(page: Page, method: string): Promise<void> {
  await page.getByRole('radio', { name: `${method} The bank` }).click();
  await page.getByRole('button', { name: /^Pay £/ }).click();
}

/** Copies the tracking link of the guest order that the person sees. */
export async function copyTrackingLink({ page }: Person): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy tracking link' }).click();
  await page.getByText('Tracking link copied').waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}
