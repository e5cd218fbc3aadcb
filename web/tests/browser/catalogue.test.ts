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

it('categories count what the search finds', async () => {
  const guest = await arrive();
  const { page } = guest;
  await guest.visit('/');
  const categories = page.getByRole('navigation', { name: 'Categories' }).getByRole('button');
  const count = async () => {
    const counts = (await categories.allTextContents()).map((text) => /\d+$/.exec(text)?.[0]);
    return counts.reduce((sum, text) => sum + Number(text ?? 0), 0);
  };
  await expect.poll(count).toBeGreaterThan(0);
  const all = await count();
  await page.getByRole('searchbox', { name: 'Search products' }).fill('cake stand');
  await expect.poll(count).toBeLessThan(all);
  const found = await page.evaluate(async () => {
    const response = await fetch('/api/v1/products?q=cake%20stand&limit=100');
    const { items } = (await response.json()) as { items: unknown[] };
    return items.length;
  });
  expect(found).toBeGreaterThan(0);
  await expect.poll(count).toBe(found);
  await guest.leave();
});
