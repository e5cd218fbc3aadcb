import { expect, it } from 'vitest';

import { setStage } from './stage';

const { arrive } = setStage();

it('an analyst sees sales at once, and what to do when a period has none or is too long', async () => {
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
  await analyst.sees('No sales from 1 Oct 2010 to 31 Oct 2010');
  await page.getByRole('button', { name: 'Show latest sales' }).click();
  await chart.waitFor();

  await page.getByLabel('First day').fill('2007-01-01');
  await page.getByLabel('Last day').fill('2010-12-31');
  await page.getByRole('button', { name: 'Apply' }).click();
  await analyst.sees('Gross sales by month, UTC');

  await page.getByLabel('First day').fill('2001-01-01');
  await page.getByRole('button', { name: 'Apply' }).click();
  await analyst.sees('Choose at most five years');
  expect(refused.filter((each) => !each.includes('/auth/'))).toEqual([]);
  await analyst.leave();
});
