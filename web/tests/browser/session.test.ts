import { expect, it } from 'vitest';

import type { Person } from './people';
import { setStage } from './stage';

const { instance, arrive } = setStage();

/** Longer than the lifetime of an access token (mm:ss). */
const TOKEN_LIFETIME = '16:00';

/** Current access token of the page. */
function token(person: Person): Promise<string> {
  return person.page.evaluate(() => {
    const session = JSON.parse(sessionStorage.getItem('waybill.session') ?? '{}') as { token?: string };
    return session.token ?? '';
  });
}

it('an open board stays logged in beyond the lifetime of a token', async () => {
  const admin = await arrive();
  await admin.page.clock.install();
  await admin.logIn('admin');
  await admin.isLive();
  const first = await token(admin);
  expect(await admin.page.evaluate(() => document.cookie)).not.toContain('waybill_refresh');

  const exchanged = admin.page.waitForResponse((response) => response.url().endsWith('/auth/refresh'));
  await admin.page.clock.fastForward(TOKEN_LIFETIME);
  expect((await exchanged).status()).toBe(200);
  await expect.poll(() => token(admin)).not.toBe(first);
  await admin.isLive();
  expect(admin.loads).toBe(1);
});

it('a user logged out elsewhere sees why and can log in again', async () => {
  const courier = await arrive();
  await courier.page.clock.install();
  await courier.logIn('courier');
  await courier.isLive();
  const headers = { Authorization: `Bearer ${await token(courier)}` };
  const loggedOut = await fetch(`${instance.url}/api/v1/auth/logout`, { method: 'POST', headers });
  expect(loggedOut.status).toBe(204);

  await courier.page.clock.fastForward(TOKEN_LIFETIME);
  await courier.page.waitForURL((url) => url.pathname === '/login');
  await courier.sees('You were logged out because your session ended');
  await courier.logIn('courier');
  await courier.isLive();
});
