import { expect, it } from 'vitest';

import { setStage } from './stage';

const { arrive } = setStage();

it('an admin verifies the log and anchors it', async () => {
  const admin = await arrive();
  const { page } = admin;
  await admin.logIn('admin');
  await admin.openAdminPage('System');
  const verification = page.getByRole('region', { name: 'Verify the log' });
  await verification.getByText('Not verified yet.').waitFor();
  await page.getByRole('region', { name: 'Anchors' }).getByRole('button', { name: 'Anchor now' }).click();
  await admin.sees(/The log is anchored up to position [\d,]+/);
  await page.getByRole('table', { name: 'Newest anchors' }).getByRole('rowheader').first().waitFor();
  await verification.getByRole('button', { name: 'Verify now' }).click();
  await verification.getByText(/The log is intact: [\d,]+ events, \d+ anchors?/).waitFor();
  expect(await verification.getByRole('progressbar').count()).toBe(0);
  await verification.getByRole('button', { name: 'Verify now' }).click();
  await verification.getByText('Earlier verifications').click();
  await verification.getByText('Intact', { exact: true }).waitFor();
  await page.screenshot({ path: 'test-results/log-wide.png', fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'test-results/log-phone.png', fullPage: true });
  await admin.leave();
});

it('the menu of the header works by keyboard and fits a phone', async () => {
  const admin = await arrive();
  const { page } = admin;
  await admin.logIn('admin');
  await page.setViewportSize({ width: 390, height: 844 });
  const menu = page.getByRole('button', { name: 'Admin', exact: true });
  const link = page.getByRole('navigation').getByRole('link', { name: 'Events' });
  expect(await link.isVisible()).toBe(false);
  await menu.focus();
  await page.keyboard.press('Enter');
  await link.waitFor();
  expect(await menu.getAttribute('aria-expanded')).toBe('true');
  await page.screenshot({ path: 'test-results/menu-phone.png' });
  const widths = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate<number>(widths)).toBe(0);
  await page.keyboard.press('Escape');
  await link.waitFor({ state: 'hidden' });
  expect(await menu.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
  expect(await menu.getAttribute('aria-expanded')).toBe('false');
  await menu.click();
  await page.getByRole('heading', { name: 'System', level: 1 }).click();
  await link.waitFor({ state: 'hidden' });
  await admin.leave();
});
