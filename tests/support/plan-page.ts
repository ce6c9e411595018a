import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { build, preview } from 'vite'

/** A page that shows one plan, served on a port of its own. */
export interface PlanPage {
  readonly url: string
  readonly stop: () => Promise<void>
}

const source = fileURLToPath(new URL('./plan-page', import.meta.url))

/**
 * Builds and serves the page of `tests/support/plan-page`: a plan's views without server or workbench. The test answers
 * its request for `/plan.json` with `{ planJson, statement? }`.
 */
export async function startPlanPage(): Promise<PlanPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'barograph-plan-page-'))
  const shared = { root: source, configFile: false, logLevel: 'warn' } as const
  await build({
    ...shared,
    plugins: [react(), tailwindcss()],
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 4_000 },
  })
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  })
  const [url] = server.resolvedUrls?.local ?? []
  if (url === undefined) throw new Error('the page of the plan has no address')
  return {
    url,
    stop: async () => {
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
