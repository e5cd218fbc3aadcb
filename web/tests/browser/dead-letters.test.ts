import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { setStage } from './stage';

const run = promisify(execFile);
const { instance, arrive } = setStage();
const waybill = process.env.WAYBILL_BINARY ?? '';

/** Parks two events of one order in a policy, as if the provider had failed. */
async function park(): Promise<void> {
  const { stdout } = await run(waybill, ['--data', instance.data, 'status', '--json', '--show-secrets']);
  const { postgres_url: url } = JSON.parse(stdout) as { postgres_url: string };
  const statement = `
    INSERT INTO command.policy_letters (policy, position, key, event_type, state, attempts, error)
    SELECT 'settlement', position, partition_key, event_type, CASE place WHEN 1 THEN 'parked' ELSE 'waiting' END,
           CASE place WHEN 1 THEN 10 ELSE 0 END, CASE place WHEN 1 THEN '500 Internal Server Error' END
    FROM (SELECT *, row_number() OVER (ORDER BY position) AS place FROM event_store.events
          WHERE partition_key = (SELECT partition_key FROM event_store.events
                                 WHERE event_type = 'OrderPlaced' ORDER BY position LIMIT 1)) AS events
    WHERE place <= 2`;
  await run('psql', ['-Xq', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', statement]);
}

it('an admin finds a dead letter, sees how many a retry concerns, and skips one for a reason', async () => {
  await park();
  const admin = await arrive();
  const { page } = admin;
  await admin.logIn('admin');
  await admin.openAdminPage('System');
  await page.getByRole('link', { name: '2 dead letters of settlement' }).click();
  const rows = page.getByRole('row');
  await expect.poll(() => rows.count()).toBe(3);
  expect(new URL(page.url()).searchParams.get('consumer')).toBe('settlement');
  await page.getByLabel('Error contains').fill('internal server');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect.poll(() => rows.count()).toBe(2);
  expect(new URL(page.url()).searchParams.get('error')).toBe('internal server');

  await page.getByRole('button', { name: 'Retry all…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Retry dead letters?' });
  await dialog.getByText('2 dead letters of 1 key will be retried.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await rows.nth(1).getByRole('button').click();
  const panel = page.getByRole('dialog', { name: 'Dead letter' });
  await panel.getByText('500 Internal Server Error').waitFor();
  await panel.getByRole('region', { name: 'Payload as JSON' }).waitFor();
  await panel.getByRole('button', { name: 'Skip' }).click();
  const skip = page.getByRole('dialog', { name: 'Skip this event?' });
  await skip.getByLabel('Reason').fill('Paid in cash');
  await skip.getByRole('button', { name: 'Skip event' }).click();
  await expect.poll(() => rows.count()).toBe(0);
  await page
    .getByRole('region', { name: 'History' })
    .getByText(/Paid in cash/)
    .waitFor();
  await admin.leave();
});
