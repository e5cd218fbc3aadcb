import { expect, it } from 'vitest';

import { assign, boardRow, bringBack, openOrder, selectDelivery, tap } from './delivering';
import { payWith, type Person, placeOrder } from './people';
import { setStage } from './stage';

const { instance, arrive } = setStage();

/** A paid order that a courier has picked up and set out with. */
async function onTheWay(): Promise<{ customer: Person; admin: Person; courier: Person; number: string }> {
  const [customer, admin, courier] = await Promise.all([arrive(), arrive(), arrive()]);
  await customer.logIn('customer');
  await admin.logIn('admin');
  await courier.logIn('courier');
  await Promise.all([admin.isLive(), courier.isLive()]);
  const { number } = await placeOrder(customer, false);
  await payWith(customer.page, 'Test card');
  await customer.seesStepDone('Paid');
  await assign(admin, number);
  await selectDelivery(courier, number);
  await tap(courier, 'Picked up', 'On the way');
  await customer.seesStepDone('On the way');
  return { customer, admin, courier, number };
}

/** Confirms the open dialog of the admin with a reason. */
async function confirm({ page }: Person, action: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: action }).click();
  const dialog = page.getByRole('dialog').filter({ has: page.getByLabel('Reason') });
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: action }).click();
  await dialog.waitFor({ state: 'detached' });
}

it('a parcel that came back is delivered again, and everybody sees why', async () => {
  const { customer, admin, courier, number } = await onTheWay();
  const loads = [customer.loads, admin.loads, courier.loads];
  await bringBack(courier, 'Refused');
  await customer.sees('Returned to sender');
  expect(
    await customer.page.getByRole('listitem').filter({ hasText: "Couldn't deliver" }).innerText(),
  ).toContain('Refused');
  await boardRow(admin, number).getByText('Returned to sender').waitFor();
  await openOrder(admin, number);
  await admin.sees('Refused');
  await confirm(admin, 'Deliver again', 'Customer is back on Monday');
  await customer.seesStepDone('Delivering again');
  await customer.sees('Customer is back on Monday');
  await admin.page.getByRole('button', { name: 'Assign', exact: true }).click();
  await selectDelivery(courier, number);
  await tap(courier, 'Picked up', 'On the way', 'Delivered');
  await customer.seesStepDone('Delivered');
  expect([customer.loads, admin.loads, courier.loads]).toEqual(loads);
  await Promise.all([customer.leave(), admin.leave(), courier.leave()]);
});

it('the order of a parcel that came back is cancelled and refunded', async () => {
  const { customer, admin, courier, number } = await onTheWay();
  await bringBack(courier, 'Address not found');
  await boardRow(admin, number).getByText('Returned to sender').waitFor();
  await openOrder(admin, number);
  await confirm(admin, 'Cancel and refund', 'Address does not exist');
  await customer.sees('Address does not exist');
  await customer.sees('Refunded');
  const item = customer.page.getByRole('listitem').filter({ hasText: 'Cancelled' });
  expect(await item.innerText()).toContain('Address does not exist');
  await Promise.all([customer.leave(), admin.leave(), courier.leave()]);
});

it('a parcel on the way is transferred to another courier, who delivers it', async () => {
  const email = `alex-${Date.now()}@example.com`;
  await instance.addAccount('Alex Courier', email, 'courier');
  const { customer, admin, courier, number } = await onTheWay();
  const alex = await arrive();
  await alex.logIn('courier', email);
  await alex.sees('No deliveries');
  await openOrder(admin, number);
  await admin.sees('Kim Courier');
  await confirm(admin, 'Transfer to another courier', 'Van broke down');
  await admin.sees('Alex Courier');
  await customer.seesStepDone('Transferred to another courier');
  await courier.page.getByRole('region', { name: `Delivery ${number}` }).waitFor({ state: 'detached' });
  await selectDelivery(alex, number);
  await tap(alex, 'Delivered');
  await customer.seesStepDone('Delivered');
  expect(await customer.page.getByText('Van broke down').count()).toBe(0);
  await Promise.all([customer.leave(), admin.leave(), courier.leave(), alex.leave()]);
});
