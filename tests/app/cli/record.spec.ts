import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { Client } from 'pg'
import { runCommand, startCommand } from '#tests/support/command.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

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

/** From now on a process finds the disk full. */
const fillDisk = (pid: number | undefined, bytes: number) =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])

test('record leaves no file behind where there is no room for it', async () => {
  test.skip(process.platform !== 'linux', 'files are limited by prlimit')
  const url = 'postgresql://postgres@127.0.0.1:1/postgres'
  const command = startCommand(['record', '--url', url, '--out', file], { survivesFileLimit: true })
  fillDisk(command.process.pid, 0)
  const { code, stderr } = await command.result
  expect(code).toBe(4)
  expect(stderr).toContain('the disk is full')
  expect(existsSync(file)).toBe(false)
})

test.describe('record of a server', () => {
  let server: TestServer
  let client: Client
  test.beforeAll(async () => {
    server = await startTestServer()
    client = new Client({ connectionString: server.url })
    await client.connect()
  })
  test.afterAll(async () => {
    await client.end()
    await server.stop()
  })

  /** Starts it, and comes back when it has looked for more than a second. */
  async function startRecord(...options: readonly string[]) {
    const args = ['record', '--url', server.url, '--out', file, ...options]
    const command = startCommand(args, { survivesFileLimit: true })
    const watching = `select 1 from pg_stat_activity
      where application_name = 'barograph' and query_start > backend_start + interval '1.5 s'`
    await expect
      .poll(async () => (await client.query(watching)).rows.length, { timeout: 30_000, intervals: [20] })
      .toBeGreaterThan(0)
    return command
  }

  test('ends with Ctrl-C as with the end of its time, and adds to a file that is there', async () => {
    const record = async (): Promise<number> => {
      const command = await startRecord('--json')
      command.process.kill('SIGINT')
      const { code, stdout, stderr } = await command.result
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect((await runCommand(['info', file, '--json'])).stdout).toBe(stdout)
      return (JSON.parse(stdout) as { readonly samples: { readonly metrics: number } }).samples.metrics
    }
    const first = await record()
    expect(await record()).toBeGreaterThan(first)
  })

  test('leaves one file and nothing else, whoever has stopped reading what it prints', async () => {
    const args = ['record', '--url', server.url, '--out', file, '--seconds', '1']
    const command = startCommand(args, { environment: { TMPDIR: folder } })
    command.process.stdout?.destroy()
    expect(await command.result).toMatchObject({ code: 0, stderr: '' })
    expect(await readdir(folder)).toEqual(['shop.barograph'])
  })

  test('says when the disk is full, and does not end as if all were kept', async () => {
    test.skip(process.platform !== 'linux', 'files are limited by prlimit')
    const command = await startRecord()
    fillDisk(command.process.pid, 4_096)
    command.process.kill('SIGINT')
    const { code, stdout, stderr } = await command.result
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toMatch(/^barograph: .*the disk is full.*is lost\.\n$/)
  })
})
