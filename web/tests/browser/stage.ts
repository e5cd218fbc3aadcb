import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';

import { Instance } from './instance';
import { launch, Person } from './people';

/** The instance of this worker and one browser per test file. Each person gets a separate browser context. */
export function setStage(): { instance: Instance; arrive: () => Promise<Person> } {
  const instance = instanceOfWorker();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
  });
  return { instance, arrive: () => Person.arrive(browser, instance.url) };
}

function instanceOfWorker(): Instance {
  const worker = Number(process.env.VITEST_POOL_ID); // From 1 to the number of workers.
  const own = inject('instances')[worker - 1];
  if (own === undefined) throw new Error(`worker ${worker} has no instance`);
  return new Instance(own.data, own.port);
}
