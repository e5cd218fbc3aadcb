import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

/** Browser tests: a real server, a real Chromium, one file after the other. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    environment: 'node',
    include: ['tests/browser/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
