import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { defaultRunOptions } from '#shared/session/index.ts'
import type { ContractClient } from '#tests/support/contract-client.ts'
import { startTestServer } from '#tests/support/servers.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'
import { startWebHost } from '#tests/support/web-host.ts'
import { connectTo } from '#tests/support/workbench.ts'

interface Recorded {
  readonly kind: 'watching' | 'connect' | 'lookup' | 'datagram'
  readonly host?: string
  readonly port?: number
  readonly path?: string
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** Where the process's own sockets lead to just now, beyond what its JavaScript does: `127.0.0.1:5432`. */
async function remoteEnds(pid: number): Promise<readonly string[]> {
  const descriptors = await readdir(`/proc/${pid}/fd`)
  const links = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')))
  const own = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
  const tables = await Promise.all(
    ['tcp', 'tcp6', 'udp', 'udp6'].map((name) =>
      readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => ''),
    ),
  )
  return tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => own.has(fields[9] ?? ''))
    .map((fields) => fields[2] ?? '')
}

/** As the kernel writes them, bytes turned around: 127.…, ::ffff:127.…, ::1, and the nowhere of a listening socket. */
const kernelLoopback = /^(?:[0-9A-F]{6}7F|0{16}FFFF0000[0-9A-F]{6}7F|0{24}01000000|0{8}|0{32}):/

async function useEverything(client: ContractClient): Promise<void> {
  const { runId } = await client.profile.start({
    statement: 'select count(*) from pg_class',
    parameters: [],
    options: { ...defaultRunOptions, mode: 'analyse' },
  })
  for (let after = 0; ; ) {
    const progress = await client.profile.tail({ runId, after, waitMs: 5_000 })
    if (progress.run !== undefined) break
    after = progress.cursor
  }
  await client.catalogue.names({ refresh: true })
  await client.statements.check({ text: 'select 1' })
  await client.targets.hints()
  const { sessionId } = await client.session.create({ name: 'another' })
  await client.plans.keep({ sessionId, name: 'pasted', source: 'paste', text: 'Result' })
  await client.session.list()
}

base('the workbench speaks to the server it was told to and to nobody else', async ({ page }) => {
  const folder = await makeTestFolder('network')
  const log = join(folder, 'sockets.jsonl')
  const server = await startTestServer()
  const host = await startWebHost({
    environment: {
      NODE_OPTIONS: `--import=${join(import.meta.dirname, '../../support/record-sockets.mjs')}`,
      SOCKET_LOG: log,
    },
  })
  try {
    const requested: string[] = []
    page.on('request', (request) => requested.push(request.url()))
    await page.goto(host.url)
    await connectTo(host.client, server)
    await useEverything(host.client)
    await expect(page.getByRole('application').or(page.getByRole('main')).first()).toBeVisible()
    const ends = process.platform === 'linux' ? await remoteEnds(host.pid) : []

    const lines = (await readFile(log, 'utf8')).trim().split('\n')
    const recorded = lines.map((line) => JSON.parse(line) as Recorded)
    const connects = recorded.filter(({ kind, path }) => kind === 'connect' && path === undefined)
    // It does see connections: those to the server are there.
    expect(connects.map(({ port }) => port)).toContain(server.port)
    expect(connects.filter(({ host: name = 'localhost' }) => !isLoopback(name))).toEqual([])
    const lookups = recorded.filter(({ kind }) => kind === 'lookup').map(({ host: name = '' }) => name)
    expect(lookups.filter((name) => !isLoopback(name))).toEqual([])
    expect(recorded.filter(({ kind }) => kind === 'datagram')).toEqual([])
    // Workers, native code included.
    expect(ends.filter((end) => !kernelLoopback.test(end))).toEqual([])
    if (process.platform === 'linux') expect(ends.length).toBeGreaterThan(2)
    expect(requested.filter((url) => !url.startsWith(host.origin) && !/^(data|blob):/.test(url))).toEqual([])
  } finally {
    await host.stop()
    await server.stop()
    await Promise.all([folder, host.dataFolder].map((path) => rm(path, { recursive: true, force: true })))
  }
})
