import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { Client } from 'pg'
import { type CommandResult, runCommand, startCommand } from '#tests/support/command.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'
import { startWebHost } from '#tests/support/web-host.ts'

interface WorkerFixtures {
  readonly server: TestServer
  readonly folder: string
}

const test = base.extend<object, WorkerFixtures>({
  server: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, give) => {
      const server = await startTestServer()
      await give(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  folder: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, give) => {
      const folder = await makeTestFolder('command')
      await give(folder)
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

interface Report {
  readonly target: Readonly<Record<string, unknown>>
  readonly statement: string
  readonly runs: readonly (Readonly<Record<string, unknown>> & {
    readonly elapsedMs: number
    readonly rows: number
    readonly state: string
    readonly waits: readonly {
      readonly waitClass: string
      readonly waitEvent: string | null
      readonly samples: number
      readonly share: number
    }[]
    readonly plan: { readonly Plan: Readonly<Record<string, unknown>> }
  })[]
}

const readReport = ({ stdout }: CommandResult) => JSON.parse(stdout) as Report

async function ask(server: TestServer, sql: string): Promise<string> {
  const client = new Client({ connectionString: server.url })
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: string }>(`select (${sql})::text as answer`)
    return rows[0]?.answer ?? ''
  } finally {
    await client.end()
  }
}

test.describe('profile --json', () => {
  test('prints target, statement and runs with their timings, waits and plan, and nothing else', async ({
    server,
  }) => {
    const sql = 'select count(*), pg_sleep(0.3) from generate_series(1, 100)'
    const result = await runCommand(['profile', '--url', server.url, '--sql', sql, '--repeat', '2', '--json'])
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' })
    const report = readReport(result)
    expect(Object.keys(report)).toEqual(['target', 'statement', 'runs'])
    expect(report.target).toMatchObject({
      host: '127.0.0.1',
      port: server.port,
      user: 'postgres',
      database: 'postgres',
    })
    expect(report.statement).toBe(sql)
    expect(report.runs).toHaveLength(2)
    for (const run of report.runs) {
      expect(run).toMatchObject({
        rows: 1,
        state: 'done',
        planningMs: expect.any(Number),
        executionMs: expect.any(Number),
      })
      expect(run.elapsedMs).toBeGreaterThanOrEqual(300)
      expect(run.plan.Plan['Node Type']).toBe('Aggregate')
      expect(run.waits[0]).toMatchObject({ waitClass: 'Timeout', waitEvent: 'PgSleep' })
      expect(run.waits.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    }
    expect(result.stdout).not.toContain('"password"')
  })

  test('fetches rows with --mode run, binds parameters, and takes \\N for NULL', async ({ server }) => {
    const args = ['profile', '--url', server.url, '--json', '--mode', 'run']
    const sql = 'select n from generate_series(1, $1::int) n where $2::text is null'
    const result = await runCommand([...args, '--sql', sql, '--param', '7', '--param', '\\N'])
    expect(readReport(result).runs[0]).toMatchObject({ rows: 7, plan: null, planningMs: null })
  })

  test('holds the settings of --set for its runs alone, and refuses others', async ({ server }) => {
    const args = ['profile', '--url', server.url, '--json', '--sql', 'select 1 from pg_class where oid = 1']
    const plain = readReport(await runCommand(args)).runs[0]
    expect(plain?.['ownSettings']).toEqual([])
    const settings = ['--set', 'enable_indexscan=off', '--set', 'enable_indexonlyscan=off']
    const more = ['--set', 'enable_bitmapscan=off']
    const run = readReport(await runCommand([...args, ...settings, ...more])).runs[0]
    expect(plain?.plan.Plan['Node Type']).toMatch(/^Index/)
    expect(run?.plan.Plan['Node Type']).toBe('Seq Scan')
    expect(run?.['ownSettings']).toHaveLength(3)
    const refused = await runCommand([...args, '--set', 'search_path=x'])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('search_path')
  })

  test('reads the statement from a file or from standard input', async ({ server, folder }) => {
    const file = join(folder, 'statement.sql')
    await writeFile(file, 'select 1 as from_file')
    const fromFile = await runCommand(['profile', '--url', server.url, '--file', file, '--json'])
    expect(readReport(fromFile).statement).toBe('select 1 as from_file')
    const fromInput = await runCommand(['profile', '--url', server.url, '--file', '-', '--json'], {
      input: 'select 1 as from_input',
    })
    expect(readReport(fromInput).statement).toBe('select 1 as from_input')
  })
})

test('profile without --json prints timings with their spread, waits and the plan for people', async ({
  server,
}) => {
  const sql = 'select pg_sleep(0.3)'
  const { code, stdout, stderr } = await runCommand([
    'profile',
    '--url',
    server.url,
    '--sql',
    sql,
    '--repeat',
    '3',
  ])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  for (const pattern of [
    /PostgreSQL 18/,
    /^run 3 +[\d.]+ m?s/m,
    /^median +[\d.]+ m?s/m,
    /^Timeout +PgSleep +\d+ +[\d.]+ %/m,
    /^Result {2}\(cost=.* loops=1\)/m,
  ]) {
    expect(stdout).toMatch(pattern)
  }
})

test.describe('writes', () => {
  const insert = "insert into kept values ('here')"
  test.beforeAll(async ({ server }) => {
    const client = new Client({ connectionString: server.url })
    await client.connect()
    await client.query('create table if not exists kept (what text)')
    await client.end()
  })

  test('are rolled back unless --commit says otherwise', async ({ server }) => {
    const count = () => ask(server, 'select count(*) from kept')
    const before = Number(await count())
    const rolledBack = await runCommand(['profile', '--url', server.url, '--sql', insert, '--json'])
    expect(readReport(rolledBack).runs[0]).toMatchObject({ state: 'done', outcome: 'rolled-back' })
    expect(Number(await count())).toBe(before)
    const kept = await runCommand(['profile', '--url', server.url, '--sql', insert, '--json', '--commit'])
    expect(readReport(kept).runs[0]).toMatchObject({ state: 'done', outcome: 'committed' })
    expect(Number(await count())).toBe(before + 1)
  })

  test('that need to stand alone say so, and run with --autocommit', async ({ server }) => {
    const args = ['profile', '--url', server.url, '--sql', 'vacuum kept', '--mode', 'run', '--json']
    expect((await runCommand(args)).code).toBe(1)
    const alone = await runCommand([...args, '--autocommit'])
    expect(readReport(alone).runs[0]).toMatchObject({ state: 'done', outcome: 'autocommitted' })
  })
})

test('--out keeps the runs of several commands in one session file, which the workbench opens', async ({
  server,
  folder,
}) => {
  const file = join(folder, 'kept.barograph')
  for (const sql of ['select 1', 'select 2']) {
    const { code, stderr } = await runCommand(['profile', '--url', server.url, '--sql', sql, '--out', file])
    expect(code, stderr).toBe(0)
  }
  const host = await startWebHost({ args: [file] })
  const { sessionId, path } = await host.client.session.current()
  const runs = await host.client.session.runs({ sessionId })
  await host.stop()
  expect(path).toBe(file)
  expect(runs.map(({ statement }) => statement)).toEqual(['select 1', 'select 2'])
})

test.describe('a failure is one line on standard error and an exit code', () => {
  const failures: readonly (readonly [string, number, readonly string[]])[] = [
    ['no command', 2, []],
    ['an unknown command', 2, ['weigh']],
    ['an unknown option', 2, ['profile', '--demo', '--sql', 'select 1', '--swiftly']],
    ['no statement', 2, ['profile', '--demo']],
    ['two statements', 2, ['profile', '--demo', '--sql', 'select 1', '--file', 'x.sql']],
    ['two servers', 2, ['profile', '--demo', '--host', 'x', '--sql', 'select 1']],
    ['a wrong number', 2, ['profile', '--demo', '--sql', 'select 1', '--hz', 'fast']],
    ['a missing file', 2, ['profile', '--demo', '--file', '/nowhere.sql']],
    ['a server that is not there', 3, ['profile', '--host', '127.0.0.1', '--port', '1', '--sql', 'select 1']],
    ['a service that is not there', 3, ['profile', '--service', 'nowhere', '--sql', 'select 1']],
    [
      'a session file that can not be',
      4,
      ['profile', '--demo', '--sql', 'select 1', '--out', '/nowhere/x.barograph'],
    ],
  ]
  for (const [what, code, args] of failures) {
    test(`with ${what}: ${code}`, async () => {
      const result = await runCommand(args)
      expect(result).toEqual({ code, stdout: '', stderr: expect.stringMatching(/^barograph: [^\n]+\n$/) })
    })
  }

  test('with a statement that fails: 1, and the JSON says what happened', async ({ server }) => {
    const result = await runCommand([
      'profile',
      '--url',
      server.url,
      '--sql',
      'select 1/0',
      '--repeat',
      '3',
      '--json',
    ])
    expect(result.code).toBe(1)
    expect(result.stderr).toBe('barograph: The statement failed: division by zero.\n')
    expect(readReport(result).runs).toEqual([
      expect.objectContaining({ state: 'failed', error: expect.objectContaining({ code: '22012' }) }),
    ])
  })

  test('with a timeout: 1', async ({ server }) => {
    const args = ['profile', '--url', server.url, '--sql', 'select pg_sleep(30)', '--timeout', '300ms']
    const { code, stderr } = await runCommand(args)
    expect(code).toBe(1)
    expect(stderr).toContain('statement timeout')
  })
})

test('a password comes from where libpq finds it, and is never printed', async ({ folder }) => {
  const server = await startTestServer({ auth: 'scram-sha-256' })
  const { password = '', port } = server
  const args = [
    'profile',
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '-U',
    'postgres',
    '-d',
    'postgres',
    '--sql',
    'select 1',
    '--json',
  ]
  const passfile = join(folder, 'passfile')
  const escaped = password.replaceAll('\\', '\\\\').replaceAll(':', '\\:')
  await writeFile(passfile, `127.0.0.1:${port}:*:postgres:${escaped}\n`, { mode: 0o600 })
  const results = {
    variable: await runCommand(args, { environment: { PGPASSWORD: password } }),
    file: await runCommand(args, { environment: { PGPASSFILE: passfile } }),
    none: await runCommand(args, { environment: { PGPASSFILE: '/nowhere' } }),
    wrong: await runCommand(args, { environment: { PGPASSWORD: 'wrong-secret' } }),
    url: await runCommand(['profile', '--url', server.url, '--sql', 'select 1']),
    badUrl: await runCommand([
      'profile',
      '--url',
      server.url.replace(/:[^:@/]+@/, ':wrong-secret@'),
      '--sql',
      'select 1',
    ]),
  }
  await server.stop()
  const codes = Object.fromEntries(Object.entries(results).map(([name, { code }]) => [name, code]))
  expect(codes).toEqual({ variable: 0, file: 0, none: 3, wrong: 3, url: 0, badUrl: 3 })
  const printed = Object.values(results)
    .map(({ stdout, stderr }) => stdout + stderr)
    .join()
  expect(printed).not.toContain(password)
  expect(printed).not.toContain('wrong-secret')
})

test('Ctrl-C cancels on the server and ends with 130', async ({ server }) => {
  const statement = "select pg_sleep(60), 'interrupt me'"
  const running = startCommand(['profile', '--url', server.url, '--sql', statement, '--json'])
  const active = `select count(*) from pg_stat_activity where state = 'active' and query like '%interrupt me%' and query not like '%pg_stat_activity%'`
  await expect.poll(() => ask(server, active), { timeout: 20_000 }).toBe('1')
  running.process.kill('SIGINT')
  const { code, stdout } = await running.result
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  await expect.poll(() => ask(server, active)).toBe('0')
})

test('help and version go to standard output', async () => {
  const help = await runCommand(['profile', '--help'])
  expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--repeat <n>') })
  for (const words of [['--help'], ['-h'], ['help']])
    expect(await runCommand(words)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^ {2}plan \[options\]/m),
    })
  expect(await runCommand(['help', 'profile'])).toEqual(help)
  expect(await runCommand(['help', 'bogus'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'barograph: There is no command of that name. See --help.\n',
  })
  expect(await runCommand(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
})
