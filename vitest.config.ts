import { defineConfig } from 'vitest/config'

// Units alone take seconds; database tests start real servers, so fewer run at once.
export default defineConfig({
  test: {
    projects: [
      // Units have nothing to hide from each other; to load the modules anew for each file took three quarters of the time.
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false } },
      {
        test: {
          name: 'database',
          include: ['tests/database/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
