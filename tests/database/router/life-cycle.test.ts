import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createWorkbench, type Workbench } from '#main/router/index.ts'
import { openServerClient } from '#main/targets/index.ts'
import { defaultRunOptions, type Run, type RunOptions } from '#shared/session/index.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'

const options: RunOptions = { ...defaultRunOptions, mode: 'run' }

let before: TestServer
let after: TestServer
const folders: string[] = []
const workbenches: Workbench[] = []
const logged: string[] = []

beforeAll(async () => {
  before = await startTestServer({ major: 18 })
  after = await startTestServer({ major: 16 })
})
afterEach(async () => {
  await Promise.allSettled(workbenches.splice(0).map((workbench) => workbench.close()))
})
afterAll(async () => {
  await Promise.all([before.stop(), after.stop()])
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

async function makeFolder(): Promise<string> {
  const folder = await makeTestFolder('life-cycle')
  folders.push(folder)
  return folder
}

async function open(dataFolder: string, sessionPath?: string): Promise<Workbench> {
  const record = (message: string, error?: unknown) => logged.push(`${message} ${String(error)}`)
  const workbench = await createWorkbench({
    dataFolder,
    host: 'cli',
    version: '0.0.0-test',
    vault: { available: false, encrypt: refuse, decrypt: refuse },
    environment: {},
    log: { info: record, warn: record, error: record },
    ...(sessionPath === undefined ? {} : { sessionPath }),
  })
  workbenches.push(workbench)
  return workbench
}

function refuse(): never {
  throw new Error('there is no keychain in this test')
}

async function connect({ client }: Workbench, { host, port, user, database }: TestServer): Promise<void> {
  await client.targets.connect({ name: `on ${port}`, settings: { host, port, user, database } })
}

async function start({ client }: Workbench, statement: string): Promise<string> {
  return (await client.profile.start({ statement, parameters: [], options })).runId
}

async function finished({ client }: Workbench, runId: string): Promise<Run> {
  for (let cursor = 0; ; ) {
    const progress = await client.profile.tail({ runId, after: cursor, waitMs: 5_000 })
    if (progress.run !== undefined) return progress.run
    cursor = progress.cursor
  }
}

/** How many connections a server has besides the one that asks. */
async function countConnections({ host, port, user, database }: TestServer): Promise<number> {
  const client = await openServerClient({ host, port, user, database })
  try {
    const { rows } = await client.query(
      `select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    return Number(rows[0]?.[0])
  } finally {
    await client.close()
  }
}

/** A process of the server goes a moment after its connection. */
const expectConnections = (server: TestServer, count: number) =>
  expect.poll(() => countConnections(server), { timeout: 20_000 }).toBe(count)

describe('a data folder that can’t be', () => {
  it('is said to be none, with what to do', async () => {
    const file = join(await makeFolder(), 'file')
    await writeFile(file, '')
    await expect(open(file)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringMatching(/ can’t be made: there is a file of that name\.$/),
      advice: expect.stringContaining('--data'),
    })
  })

  it.runIf(process.platform === 'linux')('is refused where the system makes no folders', async () => {
    await expect(open('/proc/barograph')).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('the system makes no folders there'),
    })
  })
})

describe('changing the target', () => {
  it('lets go of every connection to the server that is left', async () => {
    const workbench = await open(await makeFolder())
    await connect(workbench, before)
    await finished(workbench, await start(workbench, 'select 1'))
    // The observer of the target, the run's own connection and the one that watches it.
    await expectConnections(before, 3)
    await connect(workbench, after)
    await expectConnections(before, 0)
    const run = await finished(workbench, await start(workbench, 'select 2'))
    expect(run).toMatchObject({ state: 'done', target: { port: after.port } })
    await expectConnections(after, 3)
  })

  it('lets a run come to its end first', async () => {
    const workbench = await open(await makeFolder())
    await connect(workbench, before)
    const runId = await start(workbench, 'select pg_sleep(60)')
    await expectConnections(before, 3)
    await connect(workbench, after)
    // What watches the target is gone, the run and its watch are not.
    await expectConnections(before, 2)
    await workbench.client.profile.cancel({ runId })
    expect(await finished(workbench, runId)).toMatchObject({
      state: 'cancelled',
      target: { port: before.port },
    })
    await expectConnections(before, 0)
    expect(await finished(workbench, await start(workbench, 'select 3'))).toMatchObject({ state: 'done' })
  })

  it('stays with the server that it has where another one can’t be reached, and leaves nothing there', async () => {
    const workbench = await open(await makeFolder())
    await connect(workbench, before)
    await finished(workbench, await start(workbench, 'select 1'))
    const had = await countConnections(before)
    await expect(connect(workbench, { ...after, port: 1 })).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
    })
    expect(workbench.context.targets.state()).toMatchObject({ server: { port: before.port } })
    await expectConnections(before, had)
    await expectConnections(after, 0)
  })
})

describe('closing', () => {
  it('closes everything else before it tells that a part could not be closed', async () => {
    const dataFolder = await makeFolder()
    const sessionPath = join(await makeFolder(), 'kept.barograph')
    const workbench = await open(dataFolder, sessionPath)
    await connect(workbench, before)
    await finished(workbench, await start(workbench, 'select 1'))
    // A folder in the place of the file that is still to be written.
    await mkdir(join(dataFolder, 'preferences.json'))
    await workbench.client.workbench.setPreference({ key: 'theme', value: 'dark' })
    await expect(workbench.close()).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
    // At that time, and not some time later, the session is free and the server is left.
    const again = await open(await makeFolder(), sessionPath)
    expect(again.context.store.current()).toMatchObject({ runs: 1, readOnly: false })
    await expectConnections(before, 0)
  })

  it('is done once, whoever asks', async () => {
    const workbench = await open(await makeFolder())
    await Promise.all([workbench.close(), workbench.close()])
    await expect(workbench.close()).resolves.toBeUndefined()
  })
})

describe('a start that fails', () => {
  it('closes the session that was open already', async () => {
    const dataFolder = await makeFolder()
    const sessionPath = join(await makeFolder(), 'kept.barograph')
    await (await open(dataFolder, sessionPath)).close()
    await mkdir(join(dataFolder, 'targets.json'))
    await expect(open(dataFolder, sessionPath)).rejects.toThrow('EISDIR')
    const again = await open(await makeFolder(), sessionPath)
    expect(again.context.store.current().readOnly).toBe(false)
  })

  it('leaves nothing behind where the session can’t be opened', async () => {
    const dataFolder = await makeFolder()
    const sessionPath = join(dataFolder, 'odd.barograph')
    await writeFile(sessionPath, 'nonsense')
    await expect(open(dataFolder, sessionPath)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await rm(sessionPath)
    expect((await open(dataFolder, sessionPath)).context.store.current().runs).toBe(0)
  })
})

describe('kept plans', () => {
  it('need no server', async () => {
    const { client } = await open(await makeFolder())
    const { sessionId } = await client.session.current()
    const plan = await client.plans.keep({ sessionId, name: 'pasted', source: 'paste', text: 'Result' })
    expect(await client.plans.list({ sessionId })).toEqual([plan])
    const { planId } = plan
    expect(await client.plans.open({ sessionId, planId })).toEqual({ ...plan, text: 'Result' })
    const renamed = await client.plans.change({ sessionId, planId, name: 'before', note: 'slow' })
    expect(renamed).toEqual({ ...plan, name: 'before', note: 'slow' })
    const { events } = await client.session.tail({ sessionId, after: 0, waitMs: 0 })
    expect(events).toContainEqual({ kind: 'plan-changed', plan: renamed })
    await client.plans.remove({ sessionId, planId })
    await expect(client.plans.open({ sessionId, planId })).rejects.toMatchObject({ code: 'PLAN_UNKNOWN' })
    await client.session.create({ name: 'another' })
    await expect(client.plans.list({ sessionId })).rejects.toMatchObject({ code: 'SESSION_UNKNOWN' })
  })
})
