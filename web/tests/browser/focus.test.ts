import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

import { payWith, placeOrder } from './people';
import { setStage } from './stage';

const { arrive } = setStage();

/** Tag and text of the focused element. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return `${element?.tagName ?? ''} ${element?.textContent.trim() ?? ''}`;
  });
}

async function focusIsOn(page: Page, expected: string | RegExp): Promise<void> {
  await expect.poll(() => focused(page), { timeout: 10_000 }).toMatch(expected);
}

async function addToCart(page: Page, index: number): Promise<string> {
  const link = page.getByRole('heading', { level: 2 }).getByRole('link').nth(index);
  const name = await link.innerText();
  await link.focus();
  await page.keyboard.press('Enter');
  await focusIsOn(page, `H1 ${name}`);
  expect(await page.title()).toBe(`${name} · Waybill`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  return name;
}

it('the focus follows a keyboard through pages and removed cart lines', async () => {
  const guest = await arrive();
  const { page } = guest;
  await guest.visit('/?in_stock=true');
  await addToCart(page, 0);
  await page.goBack();
  await focusIsOn(page, 'H1 Shop');
  const second = await addToCart(page, 1);
  await page.getByRole('link', { name: 'Go to cart' }).press('Enter');
  await focusIsOn(page, 'H1 Your cart');
  await page.getByRole('status').filter({ hasText: 'Your cart · Waybill' }).waitFor({ state: 'attached' });
  const remove = page.getByRole('button', { name: /^Remove/ });
  await remove.first().press('Enter');
  await focusIsOn(page, `A ${second}`);
  await remove.first().press('Enter');
  await focusIsOn(page, 'H1 Your cart');
  await guest.leave();
});

it('the focus moves to the reason when a payment fails, and to the heading when it succeeds', async () => {
  const guest = await arrive();
  const { page } = guest;
  const { number } = await placeOrder(guest, true);
  await focusIsOn(page, 'H1 Review and pay');
  await page.route('**/payments/confirm', (route) => route.abort('connectionreset'), { times: 1 });
  await payWith(page, 'Test card');
  await focusIsOn(page, /Couldn't reach the server/);
  await payWith(page, 'Test card: 3-D Secure');
  await page.getByRole('button', { name: 'Approve payment' }).press('Enter');
  await guest.seesStepDone('Paid');
  await focusIsOn(page, 'H1 Your order');
  expect(await page.title()).toBe(`Your order ${number} · Waybill`);

  // "Assign" is disabled once the order has this courier.
  const admin = await arrive();
  await admin.logIn('admin');
  await admin.page.locator(`tr[data-order="${number}"]`).getByRole('button').press('Enter');
  await admin.page.getByRole('button', { name: 'Assign', exact: true }).press('Enter');
  await admin.sees('Courier assigned');
  await focusIsOn(admin.page, /Courier$/);
  await Promise.all([guest.leave(), admin.leave()]);
});

it('every page has a title and a heading, also one that does not exist', async () => {
  const guest = await arrive();
  const { page } = guest;
  for (const [path, title] of [
    ['/', 'Shop'],
    ['/cart', 'Your cart'],
    ['/checkout', 'Checkout'],
    ['/login', 'Log in'],
    ['/register', 'Create account'],
    ['/find-order', 'Find my order'],
    ['/nowhere', 'Page not found'],
    ['/products/NOTHING', 'Product not found'],
    ['/orders/01a21d47-2fb5-721f-a971-3c99a74251c4', "Can't show this order"],
  ] as const) {
    await guest.visit(path);
    await page.getByRole('heading', { level: 1, name: title }).waitFor({ state: 'attached' });
    expect(await page.title()).toBe(`${title} · Waybill`);
  }
  await guest.leave();
});
