import { expect, it } from 'vitest';

import { copyTrackingLink, payWith, placeOrder } from './people';
import { setStage } from './stage';

const { instance, arrive } = setStage();

it('a tracking link opens a guest order in another browser, and leaves no token behind', async () => {
  const guest = await arrive();
  const { path, number } = await placeOrder(guest, true);
  const link = await copyTrackingLink(guest);
  const [address, fragment = ''] = link.split('#token=');
  expect(address).toBe(instance.url + path);

  const friend = await arrive();
  const sent: string[] = [];
  friend.page.on('request', (request) => sent.push(request.url(), request.headers().referer ?? ''));
  await friend.page.goto(link);
  await friend.page.getByRole('heading', { name: 'Review and pay' }).waitFor();
  expect(await friend.page.title()).toBe(`Review and pay ${number} · Waybill`);
  await friend.isLive();
  expect(friend.page.url()).toBe(instance.url + path);
  expect(sent.filter((text) => text.includes(fragment))).toEqual([]);
  await payWith(friend.page, 'Test card');
  await Promise.all([friend.seesStepDone('Paid'), guest.seesStepDone('Paid')]);
  await friend.page.goBack();
  expect(friend.page.url()).not.toContain('token');
  await friend.visit(path);
  await friend.seesStepDone('Paid');
  await Promise.all([guest.leave(), friend.leave()]);
});

it('a tracking link that was cut off is told, and the whole one works after it', async () => {
  const guest = await arrive();
  const { path } = await placeOrder(guest, true);
  const link = await copyTrackingLink(guest);
  const friend = await arrive();
  await friend.page.goto(link.slice(0, -20));
  await friend.page.getByRole('heading', { name: "Can't show this order" }).waitFor();
  await friend.sees(/its tracking link has expired or is incomplete/);
  await friend.page.evaluate((whole) => window.location.assign(whole), link);
  await friend.page.getByRole('heading', { name: 'Review and pay' }).waitFor();
  expect(friend.page.url()).toBe(instance.url + path);
  expect(friend.loads).toBe(1);
  await Promise.all([guest.leave(), friend.leave()]);
});

it('a guest finds the order by number and e-mail in another browser', async () => {
  const guest = await arrive();
  const { number, path } = await placeOrder(guest, true);
  const elsewhere = await arrive();
  const { page } = elsewhere;
  await elsewhere.visit('/login');
  await page.getByRole('main').getByRole('link', { name: 'Find my order' }).click();
  const find = async (typed: string, email: string) => {
    await page.getByLabel('Order number').fill(typed);
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Find order' }).click();
  };
  await find('WB-1234', 'guest@example.com');
  await elsewhere.sees('Enter the order number, such as WB-7K2M-Q9XD');
  await find(number, 'other@example.com');
  await elsewhere.sees(/No guest order has this number and e-mail address/);
  await find(number.toLowerCase().replaceAll('-', ' '), 'Guest@Example.com');
  await page.getByRole('heading', { name: 'Review and pay' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(path);
  await elsewhere.isLive();
  await page.getByRole('contentinfo').getByRole('link', { name: 'Find my order' }).click();
  await page.getByRole('heading', { name: 'Find my order' }).waitFor();
  await Promise.all([guest.leave(), elsewhere.leave()]);
});
