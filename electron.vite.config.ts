import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** Every entry of the main side lands flat in `out/main`, so that a worker is always a neighbour of whoever starts it. */
const mainEntries = {
  electron: resolve('src/main/hosts/electron/main.ts'),
  web: resolve('src/main/hosts/web/main.ts'),
  cli: resolve('src/main/hosts/cli/main.ts'),
  'store-worker': resolve('src/main/store/store-worker.ts'),
}

const ofPlans = /[\\/]src[\\/](renderer[\\/]plan-views|shared[\\/]plan)[\\/]/

/**
 * Each panel is a chunk (docs/decisions/0018). What several share is not one for every set of them, of which there are
 * dozens, but two: what most of them draw with, and plans.
 */
const rendererChunks = [
  { name: 'frame', tags: ['$initial' as const] },
  { name: 'panels', minShareCount: 2, test: (id: string) => !ofPlans.test(id) },
  { name: 'plans', minShareCount: 2, test: ofPlans },
]

export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      rollupOptions: {
        input: mainEntries,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { preload: resolve('src/preload/preload.ts') },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), tailwindcss()],
    worker: { format: 'es' },
    build: {
      minify: true,
      rollupOptions: {
        input: { index: resolve('src/renderer/index.html') },
        output: { codeSplitting: { groups: rendererChunks } },
      },
    },
  },
})
