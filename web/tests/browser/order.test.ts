import { expect, it } from 'vitest';

import { assign, boardRow, selectDelivery } from './delivering';
import { payWith, type Person, placeOrder } from './people';
import { setStage } from './stage';

const { instance, arrive } = setStage();

/** Time limit for a test with a restart, which includes database recovery. */
const RESTART_TEST_MS = 300_000;

async function arriveAll(): Promise<{ customer: Person; admin: Person; courier: Person }> {
  const [customer, admin, courier] = await Promise.all([arrive(), arrive(), arrive()]);
  await customer.logIn('customer');
  await admin.logIn('admin');
  await courier.logIn('courier');
  await Promise.all([admin.isLive(), courier.isLive()]);
  return { customer, admin, courier };
}

it('customer, admin and courier follow an order to delivery without a reload', async () => {
  const { customer, admin, courier } = await arriveAll();
  const { number } = await placeOrder(customer, false);
  await payWith(customer.page, 'Test card');
  await customer.seesStepDone('Paid');
  const loads = [customer.loads, admin.loads, courier.loads];
  await assign(admin, number);
  await customer.seesStepDone('Courier assigned');
  await selectDelivery(courier, number);
  for (const [tap, step, stage] of [
    ['Picked up', 'Picked up', 'Picked up'],
    ['On the way', 'On the way', 'On the way'],
    ['Delivered', 'Delivered', 'Delivered'],
  ] as const) {
    await courier.page.getByRole('button', { name: tap, exact: true }).click();
    await customer.seesStepDone(step);
    await boardRow(admin, number).getByText(stage).waitFor();
  }
  expect([customer.loads, admin.loads, courier.loads]).toEqual(loads);
  await Promise.all([customer.leave(), admin.leave(), courier.leave()]);
});

it(
  'no update is lost when the server is killed and restarted',
  async () => {
    const { customer, admin, courier } = await arriveAll();
    const { number } = await placeOrder(customer, false);
    await payWith(customer.page, 'Test card');
    await customer.seesStepDone('Paid');
    await assign(admin, number);
    await selectDelivery(courier, number);
    await courier.page.getByRole('button', { name: 'Picked up', exact: true }).click();
    await customer.seesStepDone('Picked up');
    const loads = [customer.loads, admin.loads, courier.loads];

    await instance.kill();
    await customer.sees(/Reconnecting/);
    // The courier continues while the server is down.
    await courier.page.getByRole('button', { name: 'On the way', exact: true }).click();
    await courier.sees('Waiting to send');
    await instance.up();

    await customer.seesStepDone('On the way');
    await boardRow(admin, number).getByText('On the way').waitFor();
    await Promise.all([customer.isLive(), admin.isLive(), courier.isLive()]);
    await courier.page.getByRole('button', { name: 'Delivered', exact: true }).click();
    await customer.seesStepDone('Delivered');
    await boardRow(admin, number).getByText('Delivered').waitFor();
    expect([customer.loads, admin.loads, courier.loads]).toEqual(loads);
    await Promise.all([customer.leave(), admin.leave(), courier.leave()]);
  },
  RESTART_TEST_MS,
);

it('a guest pays after a declined card, and the order survives a reload', async () => {
  const guest = await arrive();
  await placeOrder(guest, true);
  await payWith(guest.page, 'Test card: declined');
  await guest.sees(/Payment declined/);
  await payWith(guest.page, 'Test card: 3-D Secure');
  await guest.page.getByRole('button', { name: 'Approve payment' }).click();
  await guest.seesStepDone('Paid');
  await guest.page.reload();
  await guest.seesStepDone('Paid');
  await guest.leave();
});
