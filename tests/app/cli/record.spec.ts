import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { Client } from 'pg'
import { runCommand, startCommand } from '#tests/support/command.ts'
import { startTestServer } from '#tests/support/servers.ts'

let folder: string
let file: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barograph-record-'))
  file = join(folder, 'shop.barograph')
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

test('record refuses a server that is not named by an option, and takes no other instead', async () => {
  const url = 'postgresql://postgres@127.0.0.1:1/postgres'
  const { code, stdout, stderr } = await runCommand(['record', url, '--seconds', '1', '--out', file])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^barograph: too many arguments.*\n$/)
  expect(existsSync(file)).toBe(false)
})

test('record leaves no file behind where it could not connect', async () => {
  const url = 'postgresql://postgres@127.0.0.1:1/postgres'
  const { code } = await runCommand(['record', '--url', url, '--seconds', '1', '--out', file])
  expect(code).toBe(3)
  expect(existsSync(file)).toBe(false)
})

test('record that is interrupted before it began says so, and leaves no file behind', async () => {
  // Somebody who lets in and says nothing.
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const knocked = once(silent, 'connection')
  const { port } = silent.address() as AddressInfo
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  const command = startCommand(['record', '--url', url, '--out', file])
  await knocked
  command.process.kill('SIGINT')
  const { code, stdout, stderr } = await command.result
  silent.close()
  expect({ code, stdout, stderr }).toEqual({
    code: 130,
    stdout: '',
    stderr: 'barograph: Interrupted before it began.\n',
  })
  expect(existsSync(file)).toBe(false)
})

test('record ends with Ctrl-C as with the end of its time, and adds to a file that is there', async () => {
  const server = await startTestServer()
  const client = new Client({ connectionString: server.url })
  await client.connect()
  const watching = `select 1 from pg_stat_activity
    where application_name = 'barograph' and query_start > backend_start + interval '1.5 s'`
  const record = async (): Promise<number> => {
    const command = startCommand(['record', '--url', server.url, '--out', file, '--json'])
    await expect
      .poll(async () => (await client.query(watching)).rows.length, { timeout: 30_000, intervals: [20] })
      .toBeGreaterThan(0)
    command.process.kill('SIGINT')
    const { code, stdout, stderr } = await command.result
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return (JSON.parse(stdout) as { readonly samples: { readonly metrics: number } }).samples.metrics
  }
  const first = await record()
  expect(await record()).toBeGreaterThan(first)
  await client.end()
  await server.stop()
})
