import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

/** Browser tests: one real server, real Chromium, one file at a time. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    environment: 'node',
    include: ['tests/browser/**/*.test.ts'],
    globalSetup: ['tests/browser/global-setup.ts'],
    fileParallelism: false,
    expect: { requireAssertions: true },
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
