import type { TestProject } from 'vitest/node';

import { Instance } from './instance';

declare module 'vitest' {
  interface ProvidedContext {
    instances: { data: string; port: number }[];
  }
}

/**
 * Starts an instance with demo data for each worker: files that run at the same time do not share one. The demo is loaded
 * once, and copied.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const template = await Instance.create();
  const instances = [template];
  const stop = async () => {
    await Promise.all(instances.map((instance) => instance.remove()));
  };
  try {
    while (instances.length < project.config.maxWorkers) instances.push(await template.copy());
    // One after the other: the copies must choose other ports.
    for (const instance of instances) await instance.up();
  } catch (error) {
    await stop().catch(() => undefined); // The reason of the failed start says more.
    throw error;
  }
  project.provide(
    'instances',
    instances.map(({ data, port }) => ({ data, port })),
  );
  return stop;
}
