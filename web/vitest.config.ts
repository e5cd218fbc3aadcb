import { mergeConfig } from 'vite';
import { defineConfig } from 'vitest/config';

import base from './vite.config.ts';

/** Unit tests, beside the code. */
export default mergeConfig(
  base,
  defineConfig({
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.{ts,tsx}'],
      setupFiles: ['src/shared/test-setup.ts'],
      restoreMocks: true,
      expect: { requireAssertions: true },
    },
  }),
);
