import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';

import { Instance } from './instance';
import { launch, Person } from './people';

/** Shared instance and one browser per test file. Each person gets a separate browser context. */
export function setStage(): { instance: Instance; arrive: () => Promise<Person> } {
  const { data, port } = inject('instance');
  const instance = new Instance(data, port);
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
  });
  return { instance, arrive: () => Person.arrive(browser, instance.url) };
}
