import { expect, it } from 'vitest';

import { DEMO_PASSWORD } from './instance';
import type { Person } from './people';
import { setStage } from './stage';

const { instance, arrive } = setStage();

/** Longer than the lifetime of an access token (mm:ss). */
const TOKEN_LIFETIME = '16:00';

/** Logs in; returns the access token. */
async function logIn(person: Person, role: string): Promise<string> {
  const answered = person.page.waitForResponse((response) => response.url().endsWith('/auth/login'));
  await person.logIn(role);
  const { access_token: token } = (await (await answered).json()) as { access_token: string };
  return token;
}

it('an open board stays logged in beyond the lifetime of a token', async () => {
  const admin = await arrive();
  await admin.page.clock.install();
  await admin.logIn('admin');
  await admin.isLive();
  expect(await admin.page.evaluate(() => document.cookie)).not.toContain('waybill_refresh');

  const exchanged = admin.page.waitForResponse((response) => response.url().endsWith('/auth/refresh'));
  await admin.page.clock.fastForward(TOKEN_LIFETIME);
  expect((await exchanged).status()).toBe(200);
  await admin.isLive();
  expect(admin.loads).toBe(1);
});

it('a user logged out elsewhere sees why and can log in again', async () => {
  const courier = await arrive();
  await courier.page.clock.install();
  const headers = { Authorization: `Bearer ${await logIn(courier, 'courier')}` };
  await courier.isLive();
  const loggedOut = await fetch(`${instance.url}/api/v1/auth/logout`, { method: 'POST', headers });
  expect(loggedOut.status).toBe(204);

  await courier.page.clock.fastForward(TOKEN_LIFETIME);
  await courier.page.waitForURL((url) => url.pathname === '/login');
  await courier.sees('You were logged out because your session ended');
  await courier.logIn('courier');
  await courier.isLive();
});

it('tabs share the session: a new tab is logged in, and a logout reaches all tabs', async () => {
  const admin = await arrive();
  await admin.logIn('admin');
  const board = await admin.openTab('/admin');
  const shop = await admin.openTab('/');
  await board.getByRole('heading', { name: 'Live board' }).waitFor();
  await shop.getByRole('button', { name: 'Account: ' }).waitFor();
  expect(await board.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain('eyJ');

  await shop.getByRole('button', { name: 'Account: ' }).click();
  await shop.getByRole('menuitem', { name: 'Log out' }).click();
  await board.waitForURL((url) => url.pathname === '/login');
  await shop.getByRole('link', { name: 'Log in' }).waitFor();

  // The login in one tab takes the other to the page that it was on.
  await admin.logIn('admin');
  await board.getByRole('heading', { name: 'Live board' }).waitFor();
  await shop.getByRole('button', { name: 'Account: ' }).waitFor();
  await admin.leave();
});

it('tabs that are restored together stay logged in', async () => {
  const admin = await arrive();
  await admin.logIn('admin');
  const tabs = await Promise.all(Array.from({ length: 5 }, () => admin.openTab('/admin')));
  await Promise.all(tabs.map((tab) => tab.reload()));
  await Promise.all(tabs.map((tab) => tab.getByRole('heading', { name: 'Live board' }).waitFor()));
  expect(tabs.map((tab) => new URL(tab.url()).pathname)).toEqual(tabs.map(() => '/admin'));
  await admin.leave();
});

it('an account without the role is told so, and is not asked to log in', async () => {
  const customer = await arrive();
  await customer.logIn('customer');
  await customer.visit('/admin');
  await customer.page.getByRole('heading', { name: "Your account can't open this page" }).waitFor();
  expect(await customer.page.getByRole('link', { name: 'Log in' }).count()).toBe(0);
  await customer.page.getByRole('main').getByRole('link', { name: 'Go to shop' }).click();
  await customer.page.getByRole('heading', { name: 'Shop' }).waitFor();

  await customer.visit('/login?then=%2Forders');
  await customer.page.getByRole('heading', { name: 'My orders' }).waitFor();
  await customer.leave();
});

/** Fills in and sends the form of a new account. */
async function register({ page }: Person, email: string, password: string): Promise<void> {
  await page.getByLabel('Name').fill('Grace Hopper');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
}

it('who creates an account is logged in with it', async () => {
  const customer = await arrive();
  await customer.visit('/register?then=%2Fcart');
  await register(customer, `grace-${Date.now()}@example.com`, 'sixteen warm socks');
  await customer.page.waitForURL((url) => url.pathname === '/cart');
  await customer.page.getByRole('button', { name: 'Account: ' }).waitFor();
  expect(customer.loads).toBe(1);
  await customer.leave();
});

it('an address that has an account is refused only to who does not know its password', async () => {
  const customer = await arrive();
  await customer.visit('/register');
  await register(customer, 'Customer@demo.waybill.dev', 'sixteen warm socks');
  await customer.sees(/This e-mail address may already have an account with another password/);
  expect(new URL(customer.page.url()).pathname).toBe('/register');
  await register(customer, 'customer@demo.waybill.dev', DEMO_PASSWORD);
  await customer.page.getByRole('heading', { name: 'Shop' }).waitFor();
  await customer.leave();
});
