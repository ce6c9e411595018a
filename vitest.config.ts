import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { keepTemporaryFilesInMemory } from './tests/support/memory-folder.ts'

keepTemporaryFilesInMemory()

// Each store under test is a thread that loads its modules anew, from their sources: half of what it costs is to strip
// their types and to compile them. The processes of tests inherit the variable.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url))

// Units alone take seconds; database tests start real servers, so fewer run at once.
export default defineConfig({
  test: {
    // A log tells what differed, not only that something did.
    chaiConfig: { truncateThreshold: 1_000 },
    projects: [
      // Units have nothing to hide from each other; to load the modules anew for each file took three quarters of the time.
      // A simulation takes a second, on a busy machine many.
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false, testTimeout: 30_000 } },
      {
        test: {
          name: 'database',
          include: ['tests/database/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // They wait for a server's next second more than they reckon: two cores are then busy, with four files not yet.
          maxWorkers: 6,
          // Told by name where it was needed: see CONTRIBUTING.
          retry: 1,
        },
      },
    ],
  },
})
