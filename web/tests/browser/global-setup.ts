import type { TestProject } from 'vitest/node';

import { Instance } from './instance';

declare module 'vitest' {
  interface ProvidedContext {
    instances: { data: string; port: number }[];
  }
}

/** Starts an instance with demo data for each worker: files that run at the same time do not share one. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const started = await Promise.allSettled(
    Array.from({ length: project.config.maxWorkers }, () => Instance.start()),
  );
  const instances = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const stop = async () => {
    await Promise.all(instances.map((instance) => instance.stop()));
  };
  for (const each of started) {
    if (each.status === 'fulfilled') continue;
    await stop();
    throw each.reason;
  }
  project.provide(
    'instances',
    instances.map(({ data, port }) => ({ data, port })),
  );
  return stop;
}
