import { expect, it } from 'vitest';

import { sellInEuros } from './euros';
import { setStage } from './stage';

const { instance, arrive } = setStage();

it('an analyst sees sales at once, and what to do when a period has none', async () => {
  const analyst = await arrive();
  const { page } = analyst;
  const chart = page.getByRole('region', { name: 'Sales over time' });
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
  });
  await analyst.logIn('analyst');
  await chart.waitFor();

  // The demo's orders are from December 2010, so that a month before has no sales.
  await page.getByLabel('First day').fill('2010-10-01');
  await page.getByLabel('Last day').fill('2010-10-31');
  await page.getByRole('button', { name: 'Apply' }).click();
  await analyst.sees('No sales in GBP from 1 Oct 2010 to 31 Oct 2010');
  await page.getByRole('button', { name: 'Show latest sales' }).click();
  await chart.waitFor();

  await page.getByLabel('First day').fill('2007-01-01');
  await page.getByLabel('Last day').fill('2010-12-31');
  await page.getByRole('button', { name: 'Apply' }).click();
  await analyst.sees('Gross sales by month, GBP, UTC');

  await page.getByRole('button', { name: 'All', exact: true }).click();
  await chart.waitFor();
  expect(await page.getByLabel('First day').inputValue()).toBe('2010-12-01');

  await page.getByLabel('First day').fill('1999-12-31');
  await page.getByRole('button', { name: 'Apply' }).click();
  await analyst.sees('Choose a day from 1 January 2000 on');
  expect(refused.filter((each) => !each.includes('/auth/'))).toEqual([]);
  await analyst.leave();
});

it('an analyst chooses a currency, and its sums agree and contain no other', async () => {
  await sellInEuros(instance.url);
  const analyst = await arrive();
  const { page } = analyst;
  await analyst.logIn('analyst');
  const currencies = page.getByRole('group', { name: 'Currency' });
  const pressed = currencies.getByRole('button', { pressed: true });
  await currencies.waitFor();
  // Nearly all orders of the demo are in pounds.
  expect(await pressed.innerText()).toBe('GBP');

  await currencies.getByRole('button', { name: 'EUR' }).click();
  const total = (caption: string) => page.locator('dl > div').filter({ hasText: caption });
  await total('Gross sales').getByText('€10.00').waitFor();
  await total('Cancelled').getByText('€2.50').waitFor();
  await total('Cancelled').getByText('1 order before capture').waitFor();
  await total('Net sales').getByText('€7.50').waitFor();
  await total('Customers').getByText('2 guest orders').waitFor();
  const products = page.getByRole('region', { name: 'Top products' });
  await products.getByText('€7.50').waitFor();
  await page.getByText('View as table').click();
  await page.getByRole('row', { name: '€10.00 €2.50 €0.00 €7.50' }).waitFor();
  expect(await page.locator('main').innerText()).not.toContain('£');
  expect(new URL(page.url()).searchParams.get('currency')).toBe('EUR');

  // On a phone the table scrolls, and not the page.
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await expect.poll(overflow).toBe(0);
  // The totals of the demo are the longest.
  await currencies.getByRole('button', { name: 'GBP' }).click();
  await total('Gross sales').getByText('£').waitFor();
  const widths = await page
    .locator('dl > div')
    .evaluateAll((cells) => cells.map((cell) => cell.scrollWidth - cell.clientWidth));
  expect(widths).toEqual(Array.from({ length: 8 }, () => 0));
  await analyst.leave();
});

it('an analyst sees the figures as of a moment, and goes back to now', async () => {
  const analyst = await arrive();
  const { page } = analyst;
  await analyst.logIn('analyst');
  const chart = page.getByRole('region', { name: 'Sales over time' });
  await chart.waitFor();
  const moment = () => {
    const { searchParams } = new URL(page.url());
    return searchParams.get('at') ?? searchParams.get('position');
  };
  const show = async (time: string) => {
    await page.getByLabel('As of').fill(time);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
  };
  await show('2999-01-01T00:00:00');
  await analyst.sees('Choose a time that isn’t in the future');
  expect(moment()).toBeNull();
  await show('2001-01-01T00:00:00');
  await analyst.sees("Couldn't load analytics");
  await page.getByRole('button', { name: 'Back to now' }).click();
  await chart.waitFor();
  expect(moment()).toBeNull();

  // The demo was recorded before the test above sold in euros.
  const total = page.locator('dl > div').filter({ hasText: 'Gross sales' });
  await analyst.visit('/analytics?position=20000&currency=EUR');
  await analyst.sees(/^As of .*, event 20,000$/);
  await total.getByText('£').waitFor();
  expect(await page.getByRole('group', { name: 'Currency' }).count()).toBe(0);
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await expect.poll(overflow).toBe(0);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await page.getByRole('group', { name: 'Currency' }).waitFor();
  expect(moment()).toBeNull();
  await analyst.leave();
});
