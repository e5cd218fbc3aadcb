import type { TestProject } from 'vitest/node';

import { Instance } from './instance';

declare module 'vitest' {
  interface ProvidedContext {
    instance: { data: string; port: number };
  }
}

/** Starts one instance with demo data for all browser tests. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const instance = await Instance.start();
  project.provide('instance', { data: instance.data, port: instance.port });
  return () => instance.stop();
}
