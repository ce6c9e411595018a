import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isDefinedError, safe } from '@orpc/client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createWorkbench, type Workbench, type WorkbenchOptions } from '#main/router/index.ts'
import { defaultRunOptions, type Run, type RunOptions } from '#shared/session/index.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'

const options: RunOptions = { ...defaultRunOptions, mode: 'analyse' }

let server: TestServer
const folders: string[] = []
const workbenches: Workbench[] = []
const logged: string[] = []

beforeAll(async () => {
  server = await startTestServer({ major: 18, auth: 'scram-sha-256' })
})
afterEach(async () => {
  await Promise.all(workbenches.splice(0).map((workbench) => workbench.close()))
})
afterAll(async () => {
  await server.stop()
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

async function open(
  dataFolder?: string,
  more: Partial<Pick<WorkbenchOptions, 'recordsByItself'>> = {},
): Promise<Workbench> {
  const folder = dataFolder ?? (await makeTestFolder('workbench'))
  folders.push(folder)
  const record = (message: string, error?: unknown) => logged.push(`${message} ${String(error)}`)
  const workbench = await createWorkbench({
    dataFolder: folder,
    host: 'cli',
    version: '0.0.0-test',
    vault: { available: false, encrypt: refuse, decrypt: refuse },
    environment: {},
    log: { info: record, warn: record, error: record },
    ...more,
  })
  workbenches.push(workbench)
  return workbench
}

function refuse(): never {
  throw new Error('there is no keychain in this test')
}

async function connected(...where: Parameters<typeof open>): Promise<Workbench> {
  const workbench = await open(...where)
  const { host, port, user, database, password } = server
  await workbench.client.targets.connect({
    name: 'test',
    settings: { host, port, user, database },
    ...(password === undefined ? {} : { password }),
  })
  return workbench
}

async function profile(
  { client }: Workbench,
  statement: string,
  more: Partial<RunOptions> = {},
): Promise<Run> {
  const { runId } = await client.profile.start({
    statement,
    parameters: [],
    options: { ...options, ...more },
  })
  return await finished(client, runId)
}

async function finished(client: Workbench['client'], runId: string): Promise<Run> {
  for (let after = 0; ; ) {
    const progress = await client.profile.tail({ runId, after, waitMs: 5_000 })
    if (progress.run !== undefined) return progress.run
    after = progress.cursor
  }
}

describe('the workbench', () => {
  it('profiles a statement and keeps the run over a restart', async () => {
    const first = await connected()
    const { dataFolder } = first.context.info
    const run = await profile(first, 'select count(*) from generate_series(1, 200000)')
    expect(run).toMatchObject({ state: 'done', mode: 'analyse', ordinal: 1 })
    expect(run.timings.executionMs).toBeGreaterThan(0)
    await first.close()

    const second = await open(dataFolder)
    const { sessionId, runs } = await second.client.session.current()
    expect(runs).toBe(1)
    const kept = await second.client.session.run({ sessionId, runId: run.runId })
    expect(kept.planJson).toBe(run.planJson)
    expect(kept.waits.samples).toEqual(run.waits.samples)
  })

  it('answers a request it does not understand with words, not with a stack', async () => {
    const { client } = await open()
    const { error } = await safe(client.profile.tail({ runId: '', after: -1, waitMs: 1 }))
    expect(isDefinedError(error) && error.code).toBe('INPUT_INVALID')
    expect(error?.message).toContain('after')
  })

  it('says that nothing is connected', async () => {
    const { client } = await open()
    const { error } = await safe(client.profile.start({ statement: 'select 1', parameters: [], options }))
    expect(isDefinedError(error) && error.code).toBe('NOT_CONNECTED')
  })

  it('keeps a run as failed when the server goes away in its middle, and reconnects when it is back', async () => {
    const workbench = await connected()
    const { client } = workbench
    const { runId } = await client.profile.start({
      statement: 'select pg_sleep(60)',
      parameters: [],
      options: { ...options, mode: 'run' },
    })
    for (let after = 0; ; ) {
      const progress = await client.profile.tail({ runId, after, waitMs: 5_000 })
      after = progress.cursor
      if (progress.newSamples.length > 0) break
    }
    await server.kill()
    const run = await finished(client, runId)
    expect(run).toMatchObject({ state: 'failed', error: { code: 'CONNECTION_LOST' } })

    await until(client, (state) => state.connection.status === 'reconnecting')
    await server.start()
    await until(client, (state) => state.connection.status === 'connected')
    expect(await profile(workbench, 'select 1')).toMatchObject({ state: 'done', ordinal: 2 })
  })

  it('records on as soon as the server is found again, and does not wait for the recording’s own next try', async () => {
    const { client } = await connected()
    await client.recording.start({})
    await server.kill()
    // By now whoever tries again waits for seconds in between.
    await until(client, ({ connection }) => connection.status === 'reconnecting' && connection.attempt >= 4)
    expect(await recordingOf(client)).toMatchObject({ status: 'waiting' })
    await server.start()
    await until(client, ({ connection }) => connection.status === 'connected')
    const foundAtMs = Date.now()
    await until(client, ({ recording }) => recording.status === 'on')
    expect(Date.now() - foundAtMs).toBeLessThan(1_000)
  })

  it('leaves nothing of its own among the statements of the server but what it has in common with everybody', async () => {
    const counting = await startTestServer({ settings: { shared_preload_libraries: 'pg_stat_statements' } })
    try {
      const { host, port, user, database } = counting
      const { client } = await open()
      await client.targets.connect({ name: 'counting', settings: { host, port, user, database } })
      const run = async (statement: string, more: Partial<RunOptions> = {}) => {
        const { runId } = await client.profile.start({
          statement,
          parameters: [],
          options: { ...options, ...more },
        })
        return await finished(client, runId)
      }
      await run('create extension pg_stat_statements', { mode: 'run', onEnd: 'commit' })
      await client.recording.start({})
      await client.catalogue.names({ refresh: true })
      await run('select pg_sleep(0.3), count(*) from pg_class', {
        settings: [{ name: 'work_mem', value: '8MB' }],
      })
      await client.recording.stop()
      const { runId } = await run(
        `select query from pg_stat_statements where query not like '%-- barograph' and query !~ 'pg_sleep|pg_stat_statements'`,
        { mode: 'run' },
      )
      const { rows } = await client.profile.rows({ runId, from: 0, count: 100 })
      // Of words that everybody sends, the text that came first is kept, and it is not for the workbench to mark it.
      const everybodys =
        /^(BEGIN|COMMIT|ROLLBACK|SELECT \$1|RESET .*|SET CONSTRAINTS ALL IMMEDIATE|select set_config\(\$1, \$2, \$3\))$/i
      expect(rows.flat().filter((text) => !everybodys.test(text ?? ''))).toEqual([])
    } finally {
      await counting.stop()
    }
  })

  it('refuses to speak of a session that is no longer open', async () => {
    const { client } = await open()
    const before = await client.session.current()
    await client.session.create({ name: 'another' })
    const { error } = await safe(client.session.runs({ sessionId: before.sessionId }))
    expect(isDefinedError(error) && error.code).toBe('SESSION_UNKNOWN')
  })

  it('records nothing into a session that was opened to be looked at, and goes on in the one that was left', async () => {
    const { client } = await connected()
    const looked = await client.session.current()
    await client.recording.start({})
    const left = await client.session.create({ name: 'the next one' })
    expect(await recordingOf(client)).toMatchObject({ status: 'on' })

    await client.session.open({ path: looked.path })
    expect(await recordingOf(client)).toEqual({
      status: 'off',
      pausedIn: { path: left.path, name: 'the next one' },
    })
    const { recordings } = await client.recording.overview({ sessionId: looked.sessionId })
    expect(recordings).toHaveLength(1)

    await client.session.open({ path: left.path })
    expect(await recordingOf(client)).toMatchObject({ status: 'on', ordinal: 2 })
  })

  it('records the statements that it runs itself, as load like any other', async () => {
    const { client } = await connected()
    const { sessionId } = await client.session.current()
    const fromMs = Date.now()
    await client.recording.start({})
    const { runId } = await client.profile.start({
      statement: 'select pg_sleep(60)',
      parameters: [],
      options,
    })
    const waits = async () => {
      const range = { fromMs, toMs: Date.now() }
      const { rows } = await client.load.ranking({ sessionId, range, by: 'waitEvent', limit: 5 })
      return rows.map(({ key }) => key)
    }
    await expect.poll(waits, { timeout: 20_000 }).toContainEqual(expect.stringContaining('PgSleep'))
    await client.profile.cancel({ runId })
    await finished(client, runId)
  })

  it('records by itself whatever is connected, but not another server into the session of the last start', async () => {
    const { host, port, user, password } = server
    const other = {
      name: 'another',
      settings: { host, port, user, database: 'template1' },
      ...(password === undefined ? {} : { password }),
    }
    const first = await connected(undefined, { recordsByItself: true })
    const { dataFolder } = first.context.info
    expect(await recordingOf(first.client)).toMatchObject({ status: 'on', ordinal: 1 })
    await first.close()

    const second = await open(dataFolder, { recordsByItself: true })
    await second.client.targets.connect(other)
    expect(await recordingOf(second.client)).toEqual({ status: 'off' })
    await second.close()

    const third = await connected(dataFolder, { recordsByItself: true })
    expect(await recordingOf(third.client)).toMatchObject({ status: 'on', ordinal: 2 })
    await third.client.targets.connect(other)
    expect(await recordingOf(third.client)).toMatchObject({ status: 'on', ordinal: 3 })
  })

  it('goes on recording where another session could not be opened', async () => {
    const { client } = await connected()
    await client.recording.start({})
    const { error } = await safe(client.session.open({ path: '/nowhere/at-all.barograph' }))
    expect(error).toBeDefined()
    expect(await recordingOf(client)).toMatchObject({ status: 'on' })
  })

  it('never writes a password or a fetched value to disk, or into its log', async () => {
    const secretRow = `row-${randomBytes(12).toString('hex')}`
    const workbench = await connected()
    const { client } = workbench
    const { password } = server
    if (password === undefined) throw new Error('this server has a password')
    await client.targets.save({
      name: 'kept',
      settings: { host: server.host, port: server.port, user: server.user },
      password,
    })
    await safe(
      client.targets.test({ settings: { host: server.host, port: server.port }, password: `${password}x` }),
    )
    await safe(client.targets.parseUrl({ url: server.url }))
    const run = await profile(workbench, `select '${secretRow.slice(0, 10)}' || '${secretRow.slice(10)}'`, {
      mode: 'run',
    })
    expect((await client.profile.rows({ runId: run.runId, from: 0, count: 1 })).rows).toEqual([[secretRow]])
    await workbench.close()

    const written = await readEverything(workbench.context.info.dataFolder)
    expect(written.length).toBeGreaterThan(1)
    const secrets = [
      password,
      encodeURIComponent(password),
      Buffer.from(password).toString('base64'),
      secretRow,
    ]
    for (const secret of secrets) {
      expect(written.filter(({ content }) => content.includes(secret)).map(({ path }) => path)).toEqual([])
      expect(logged.filter((line) => line.includes(secret))).toEqual([])
    }
  })
})

async function recordingOf(client: Workbench['client']) {
  return (await client.workbench.tail({ after: 0, waitMs: 0 })).recording
}

async function until(
  client: Workbench['client'],
  holds: (state: Awaited<ReturnType<Workbench['client']['workbench']['tail']>>) => boolean,
): Promise<void> {
  for (let after = 0; ; ) {
    const state = await client.workbench.tail({ after, waitMs: 5_000 })
    if (holds(state)) return
    after = state.cursor
  }
}

async function readEverything(folder: string): Promise<readonly { path: string; content: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return await Promise.all(files.map(async (path) => ({ path, content: await readFile(path) })))
}
