import { expect, it } from 'vitest';

import { assign, selectDelivery } from './delivering';
import { payWith, type Person, placeOrder } from './people';
import { setStage } from './stage';

const { arrive } = setStage();

/** A paid order, assigned to the courier and selected on the courier's page. Collects the steps that the page sends. */
async function assigned(): Promise<{ customer: Person; courier: Person; number: string; sent: string[] }> {
  const [customer, admin, courier] = await Promise.all([arrive(), arrive(), arrive()]);
  await customer.logIn('customer');
  await admin.logIn('admin');
  await courier.logIn('courier');
  await Promise.all([admin.isLive(), courier.isLive()]);
  const { number } = await placeOrder(customer, false);
  await payWith(customer.page, 'Test card');
  await customer.seesStepDone('Paid');
  await assign(admin, number);
  await admin.leave();
  await selectDelivery(courier, number);
  const sent: string[] = [];
  courier.page.on('request', (request) => {
    if (request.method() === 'PUT') sent.push((request.postDataJSON() as { status: string }).status);
  });
  return { customer, courier, number, sent };
}

it('a double tap is one step, and a step can be undone before it is sent', async () => {
  const { customer, courier, sent } = await assigned();
  const { page } = courier;
  await page.getByRole('button', { name: 'Picked up', exact: true }).click();
  await page.getByText(/^Sending in \d s$/).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Picked up', exact: true }).dblclick();
  await customer.seesStepDone('Picked up');
  await page.getByRole('button', { name: 'On the way', exact: true }).click({ trial: true });
  expect(sent).toEqual(['picked_up']);
  await Promise.all([customer.leave(), courier.leave()]);
});

it('a step is sent when the page is closed before the time to undo it is over', async () => {
  const { customer, courier } = await assigned();
  await courier.page.getByRole('button', { name: 'Picked up', exact: true }).click();
  await courier.page.getByRole('button', { name: 'Undo' }).waitFor();
  await courier.page.close({ runBeforeUnload: true });
  await customer.seesStepDone('Picked up');
  expect(courier.page.isClosed()).toBe(true);
  await Promise.all([customer.leave(), courier.leave()]);
});

it('a courier who was offline is told that the delivery was given to another courier', async () => {
  const { customer, courier, number } = await assigned();
  const { page } = courier;
  await page.route('**/api/v1/deliveries/*/status', (route) => route.abort());
  await page.getByRole('button', { name: 'Picked up', exact: true }).click();
  await courier.sees('Waiting to send');
  await page.unroute('**/api/v1/deliveries/*/status');
  // What the server answers once the delivery belongs to another courier.
  const gone = {
    type: 'https://waybill.dev/problems/not-found',
    title: 'Not found',
    status: 404,
    detail: '',
  };
  await page.route(/\/api\/v1\/deliveries\/[0-9a-f-]+/, (route) =>
    route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify(gone) }),
  );
  await page.getByText('This delivery was given to another courier').waitFor();
  expect(await page.getByRole('alert').innerText()).toContain(number);
  await Promise.all([customer.leave(), courier.leave()]);
});
