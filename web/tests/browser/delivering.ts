import { expect } from 'vitest';

import type { Person } from './people';

/** Row of an order on the admin's board. */
export function boardRow(admin: Person, number: string) {
  return admin.page.locator(`tr[data-order="${number}"]`);
}

/** Assigns the order to the demo courier on the admin's board. */
export async function assign(admin: Person, number: string): Promise<void> {
  const { page } = admin;
  await page.getByRole('button', { name: /new order/ }).click();
  await boardRow(admin, number).getByRole('button').click();
  await page.getByRole('combobox', { name: 'Courier' }).click();
  await page.getByRole('option', { name: 'Kim Courier' }).click();
  await page.getByRole('button', { name: 'Assign' }).click();
  await page.getByText('Courier assigned').first().waitFor();
  await page.keyboard.press('Escape');
}

/** Opens the order on the admin's board. */
export async function openOrder(admin: Person, number: string): Promise<void> {
  await boardRow(admin, number).getByRole('button').click();
  await admin.page.getByRole('dialog', { name: 'Order' }).waitFor();
}

/** Takes steps on the courier's page; each is sent when the time to undo it is over. */
export async function tap(courier: Person, ...steps: string[]): Promise<void> {
  for (const name of steps) await courier.page.getByRole('button', { name, exact: true }).click();
}

/** Reports a failed attempt with this reason and brings the parcel back. */
export async function bringBack(courier: Person, reason: string): Promise<void> {
  await tap(courier, "Couldn't deliver");
  await courier.page.getByRole('radio', { name: reason }).click();
  await tap(courier, 'Save', 'Return to sender', 'Returned');
}

/** Selects the order on the courier's page. */
export async function selectDelivery(courier: Person, number: string): Promise<void> {
  const label = courier.page.getByRole('region', { name: `Delivery ${number}` });
  const next = courier.page.locator('section').filter({ hasText: 'Next (' }).getByRole('button');
  await expect
    .poll(
      async () => {
        if (await label.isVisible()) return true;
        for (const button of await next.all()) {
          await button.click();
          if (await label.isVisible()) return true;
        }
        return false;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
}
