import { expect, it } from 'vitest';

import { setStage } from './stage';

const { arrive } = setStage();

it('Back undoes filters, sorting and a search; typing is one step', async () => {
  const guest = await arrive();
  const { page } = guest;
  const search = () => decodeURIComponent(new URL(page.url()).search);
  await guest.visit('/');
  await page.getByRole('checkbox', { name: 'In stock only' }).click();
  await expect.poll(search).toBe('?in_stock=true');
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Name');
  await expect.poll(search).toBe('?in_stock=true&sort=name');
  const field = page.getByRole('searchbox', { name: 'Search products' });
  await field.pressSequentially('cake stand', { delay: 250 });
  await expect.poll(search).toBe('?in_stock=true&sort=name&q=cake+stand');
  expect(await field.inputValue()).toBe('cake stand');

  await page.goBack();
  await expect.poll(search).toBe('?in_stock=true&sort=name');
  expect(await field.inputValue()).toBe('');
  await page.goBack();
  await expect.poll(search).toBe('?in_stock=true');
  await page.goBack();
  await expect.poll(search).toBe('');
  expect(await page.getByRole('checkbox', { name: 'In stock only' }).isChecked()).toBe(false);
  await guest.leave();
});
