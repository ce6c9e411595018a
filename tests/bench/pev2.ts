import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { build } from 'vite'
import { makeTestFolder } from '#tests/support/test-folders.ts'

export interface Pev2Page {
  readonly url: string
  close(): Promise<void>
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** PEV2 as its users get it, built for production, on a free port of this machine. */
export async function servePev2(): Promise<Pev2Page> {
  const outDir = await makeTestFolder('pev2')
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'pev2-page'),
    logLevel: 'silent',
    define: {
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 5_000 },
  })
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname
    const path = join(outDir, name === '/' ? 'index.html' : name)
    const answer = async (): Promise<void> => {
      const bytes = await readFile(path).catch(() => undefined)
      if (bytes === undefined) response.statusCode = 404
      response.setHeader('content-type', contentTypes[extname(path)] ?? 'application/octet-stream')
      response.end(bytes)
    }
    void answer()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the page of PEV2 has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
