import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  open,
  readdir,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import { currentFormatVersion, WorkbenchError } from '#shared/session/index.ts'
import { sampleTarget } from '#tests/support/sample-activity.ts'
import { bareRun, failureOf, sampleRun } from '#tests/support/sample-run.ts'
import { type StoreProcess, startStoreProcess } from '#tests/support/store-process.ts'

let folder: string
let nowMs = 1_763_700_000_000
const stores: SessionStore[] = []
const children: StoreProcess[] = []

async function openStore(path?: string, dataFolder = join(folder, 'data')): Promise<SessionStore> {
  nowMs += 60_000
  const options = { dataFolder, appVersion: '0.1.0', now: () => nowMs }
  const store = await openSessionStore(path === undefined ? options : { ...options, path })
  stores.push(store)
  return store
}
function startChild(dataFolder: string, path?: string): StoreProcess {
  const child = startStoreProcess(dataFolder, path === undefined ? {} : { path })
  children.push(child)
  return child
}
/** A closed session file with one run. */
async function makeSession(name: string): Promise<string> {
  const store = await openStore(join(folder, `${name}.barograph`), join(folder, 'maker'))
  await store.putRun(sampleRun())
  await store.close()
  return store.current().path
}
/** Changes a session file with nothing but DuckDB. */
async function edit(path: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  for (const statement of statements) await connection.run(statement)
  connection.closeSync()
  instance.closeSync()
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barograph-sessions-'))
  await mkdir(join(folder, 'data'))
})
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill()
  for (const store of stores.splice(0)) await store.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the last session', () => {
  it('is there after a restart, with its runs', async () => {
    const before = await openStore()
    await before.create({ name: 'Slow checkout' })
    await before.putRun(sampleRun())
    await before.close()
    const after = await openStore()
    expect(after.current()).toMatchObject({
      sessionId: before.current().sessionId,
      name: 'Slow checkout',
      formatVersion: currentFormatVersion,
      runs: 1,
      readOnly: false,
    })
    expect(after.nextOrdinal()).toBe(2)
  })

  it('that is gone, broken or too new gives way to a new one that says why', async () => {
    const spoil: readonly ((path: string) => Promise<unknown>)[] = [
      (path) => rm(path),
      (path) => writeFile(path, 'nonsense'),
      (path) => truncate(path, 20_000),
      (path) => edit(path, 'UPDATE meta SET format_version = 99'),
    ]
    for (const change of spoil) {
      const before = await openStore()
      await before.putRun(bareRun())
      await before.close()
      await change(before.current().path)
      const after = await openStore()
      expect(after.current().path).not.toBe(before.current().path)
      expect(after.current()).toMatchObject({ runs: 0, readOnly: false })
      expect(after.current().remark).toContain(basename(before.current().path))
      await after.close()
      // The new one is the last one from now on.
      const again = await openStore()
      expect(again.current().sessionId).toBe(after.current().sessionId)
      expect(again.current()).not.toHaveProperty('remark')
      await again.close()
    }
  })

  it('that another process writes stays the last one; this process gets its own', async () => {
    const other = startChild(join(folder, 'data'))
    const { opened } = await other.next()
    const here = await openStore()
    expect(here.current().path).not.toBe(opened?.path)
    expect(here.current().remark).toContain('another process')
    await here.close()
    await other.close()
    expect((await openStore()).current().path).toBe(opened?.path)
  })

  it('is forgotten where the pointer is nonsense, and a new one is made', async () => {
    for (const content of ['', '{', '[]', '{"lastPath": 7, "sessions": [{"path": "x"}, null]}']) {
      await writeFile(join(folder, 'data', 'sessions.json'), content)
      const store = await openStore()
      expect(store.current()).toMatchObject({ runs: 0, readOnly: false })
      await store.close()
    }
  })
})

describe('creating a session', () => {
  it('names the file after it, without what a file system refuses', async () => {
    const store = await openStore()
    const names = ['Slow / checkout: “A?”', 'Slow - checkout A', 'con', '…', '../../etc']
    for (const name of names) expect(await store.create({ name })).toMatchObject({ name })
    expect((await readdir(join(folder, 'data', 'sessions'))).toSorted()).toEqual(
      expect.arrayContaining([
        'etc.barograph',
        'session-con.barograph',
        'session.barograph',
        'slow-checkout-a-2.barograph',
        'slow-checkout-a.barograph',
      ]),
    )
  })

  it('at a path of its own works, but never over a file or in a folder that is not there', async () => {
    const store = await openStore()
    const path = join(folder, 'mine.barograph')
    expect(await store.create({ path })).toMatchObject({ path, runs: 0 })
    expect(await failureOf(store.create({ path }))).toMatchObject({ code: 'INPUT_INVALID' })
    expect(await failureOf(store.create({ path: join(folder, 'no', 'x.barograph') }))).toMatchObject({
      code: 'FILE_UNREADABLE',
    })
    expect(store.current().path).toBe(path)
  })

  it('that has no place of its own says why its folder can’t be made', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    await expect(openStore(undefined, file)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })

  it('opens the file named at the start, or makes it', async () => {
    const path = join(folder, 'out.barograph')
    const first = await openStore(path)
    await first.putRun(sampleRun())
    await first.close()
    expect((await openStore(path)).current()).toMatchObject({ path, runs: 1 })
  })
})

describe('opening a file', () => {
  it('that is none of ours says so and keeps the open session open', async () => {
    const store = await openStore()
    await store.putRun(bareRun())
    const paths = {
      missing: join(folder, 'missing.barograph'),
      empty: join(folder, 'empty.barograph'),
      text: join(folder, 'text.barograph'),
      folder: join(folder, 'folder.barograph'),
      duckdb: join(folder, 'duckdb.barograph'),
    }
    await writeFile(paths.empty, '')
    await writeFile(paths.text, 'SQLite format 3\0'.padEnd(100_000, 'x'))
    await mkdir(paths.folder)
    await edit(paths.duckdb, 'CREATE TABLE runs (a INTEGER)')
    for (const path of Object.values(paths)) {
      const failure = await failureOf(store.open(path))
      expect(failure).toMatchObject({ name: 'WorkbenchError', code: 'FILE_UNREADABLE' })
      expect(failure.advice).not.toBe('')
    }
    expect((await store.runs()).length).toBe(1)
    await store.setNote('bare', 'still here')
    expect(await stat(paths.missing).catch(() => 'none')).toBe('none')
  })

  it('of a newer format is refused with its number and left as it is', async () => {
    const path = await makeSession('newer')
    const newer = currentFormatVersion + 1
    await edit(path, `UPDATE meta SET format_version = ${newer}`, 'DROP TABLE run_notes')
    const { mtimeMs } = await stat(path)
    const store = await openStore()
    expect(await failureOf(store.open(path))).toMatchObject({
      code: 'SESSION_TOO_NEW',
      message: expect.stringContaining(`format ${newer}`) as string,
    })
    expect((await stat(path)).mtimeMs).toBe(mtimeMs)
  })

  it('with a table missing, or a view in its place, is broken', async () => {
    const lacking = await makeSession('lacking')
    await edit(lacking, 'DROP TABLE run_notes')
    const feigned = await makeSession('feigned')
    await edit(
      feigned,
      'DROP TABLE run_notes',
      "CREATE VIEW run_notes AS SELECT 1 AS run_ordinal, 'x' AS note",
    )
    const store = await openStore()
    for (const path of [lacking, feigned]) {
      expect(await failureOf(store.open(path))).toMatchObject({ code: 'SESSION_BROKEN' })
    }
  })

  it('that is damaged anywhere never ends the process: it opens, or it says that it is broken', async () => {
    const whole = await makeSession('whole')
    const { size } = await stat(whole)
    const store = await openStore()
    const outcomes = new Set<string>()
    for (let trial = 0; trial < 12; trial += 1) {
      const path = join(folder, `damaged-${trial}.barograph`)
      await cp(whole, path)
      if (trial < 4) {
        await truncate(path, Math.floor((size * (trial + 1)) / 5))
      } else {
        const file = await open(path, 'r+')
        await file.write(Buffer.alloc(64, trial), 0, 64, Math.floor((size * (trial - 4)) / 8) + 12)
        await file.close()
      }
      const outcome = await store
        .open(path)
        .then(() => store.run('run-1'))
        .then(
          () => 'read',
          (error: { code: string }) => error.code,
        )
      outcomes.add(outcome)
      expect(['read', 'SESSION_BROKEN', 'RUN_UNKNOWN']).toContain(outcome)
    }
    expect(outcomes).toContain('SESSION_BROKEN')
  })

  it('that another process writes is busy; one that is only read elsewhere opens read-only', async () => {
    const path = await makeSession('shared')
    const writer = startChild(join(folder, 'other'), path)
    await writer.next()
    const store = await openStore()
    expect(await failureOf(store.open(path))).toMatchObject({ code: 'SESSION_BUSY' })
    await writer.close()

    const reader = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
    const elsewhere = startChild(join(folder, 'other'), path)
    expect((await elsewhere.next()).opened).toMatchObject({ path, readOnly: true, runs: 1 })
    elsewhere.tell('put')
    expect((await elsewhere.next()).failed).toMatchObject({ code: 'SESSION_READ_ONLY' })
    reader.closeSync()
  })

  it('twice in one process is refused, and the first keeps its lock', async () => {
    const path = await makeSession('twice')
    const link = join(folder, 'link.barograph')
    await symlink(path, link)
    const store = await openStore(path)
    const second = await openStore(undefined, join(folder, 'second'))
    expect(await failureOf(second.open(link))).toMatchObject({ code: 'SESSION_BUSY' })
    // The same store may be asked for what it has open, by any name, and for the list.
    expect(await store.open(link)).toEqual(store.current())
    await store.list()
    await second.list()
    const elsewhere = startChild(join(folder, 'other'), path)
    expect((await elsewhere.next()).failed).toMatchObject({ code: 'SESSION_BUSY' })
  })

  it('in a folder that may not be written is opened for reading, and none is made there', async () => {
    const path = await makeSession('fixed')
    const fixed = join(folder, 'fixed')
    await mkdir(fixed)
    await cp(path, join(fixed, 'a.barograph'))
    await chmod(fixed, 0o555)
    await chmod(folder, 0o755)
    const child = startChild(join(folder, 'other'))
    await child.next()
    child.tell('drop-root')
    await child.next()
    child.tell(`open ${join(fixed, 'a.barograph')}`)
    expect((await child.next()).opened).toMatchObject({ readOnly: true, runs: 1 })
    child.tell('put')
    expect((await child.next()).failed).toMatchObject({ code: 'SESSION_READ_ONLY' })
    child.tell(`create ${join(fixed, 'b.barograph')}`)
    expect((await child.next()).failed).toMatchObject({ code: 'SESSION_READ_ONLY' })
    await chmod(fixed, 0o755)
  })

  it('waits for a statement that is still running', async () => {
    const store = await openStore()
    await store.putRun(bareRun({ state: 'running' }))
    expect(await failureOf(store.create({}))).toMatchObject({ code: 'RUN_ACTIVE' })
    await store.putRun(bareRun({ state: 'cancelled' }))
    await store.create({})
    expect(store.current().runs).toBe(0)
  })

  it('is not held up by a statement that it could not take in', async () => {
    const path = await makeSession('taken')
    const store = await openStore()
    await store.open(path)
    // No column holds this number: it stands for a disk that is full.
    const unwritable = bareRun({ runId: 'lost', state: 'running', rows: Number.NaN })
    expect(await failureOf(store.putRun(unwritable))).toBeInstanceOf(WorkbenchError)
    await store.create({})
    expect(store.current().runs).toBe(0)
  })
})

describe('the list of sessions', () => {
  it('has those of the data folder and those opened elsewhere, newest first', async () => {
    const path = await makeSession('elsewhere')
    const store = await openStore()
    const first = store.current()
    await store.putRun(bareRun())
    await store.open(path)
    nowMs += 60_000
    const last = await store.create({ name: 'Last' })
    const list = await store.list()
    expect(list.map((session) => [session.name, session.runs])).toEqual([
      ['Last', 0],
      [first.name, 1],
      [expect.stringMatching(/^Session of 2025-/), 1],
    ])
    expect(list[0]).toMatchObject(last)
    expect(list[2]?.path).toBe(path)
    await store.close()
    await rm(path)
    expect((await (await openStore()).list()).map(({ name }) => name)).toEqual(['Last', first.name])
  })

  it('tells what is in each beside runs: how much was recorded of whom, with how many gaps, and kept plans', async () => {
    const store = await openStore()
    const t0 = 1_763_700_000_000
    const record = async (fromMs: number, name: string, gapMs?: number) => {
      await store.recorded.begin({ target: { ...sampleTarget, name }, startedAtMs: fromMs, hz: 10 })
      store.recorded.append({ kind: 'activity', tick: { atMs: fromMs + 5_000, periodMs: 100, backends: [] } })
      if (gapMs !== undefined) {
        const marker = { kind: 'gap', atMs: fromMs + 100, endedAtMs: fromMs + gapMs, label: 'Lost' } as const
        store.recorded.append({ kind: 'marker', marker })
      }
    }
    await record(t0, 'shop', 2_000)
    await store.recorded.end(t0 + 60_000)
    await record(t0 + 100_000, 'stock')
    const current = async () => (await store.list()).find(({ path }) => path === recorded.path)
    const recorded = store.current()
    // The second one is under way: it has lasted until its newest sample.
    const holds = { recordedMs: 65_000, gaps: 1, servers: ['shop', 'stock'], plans: 0 }
    expect(await current()).toMatchObject({ runs: 0, holds })

    await store.create({ name: 'Another' })
    expect(await current()).toMatchObject({ name: recorded.name, holds })
    // Known by now: the file is not looked into again.
    const other = await openStore(undefined, join(folder, 'data'))
    expect((await other.list()).find(({ path }) => path === recorded.path)).toMatchObject({ holds })
    const nothing = { recordedMs: 0, gaps: 0, servers: [], plans: 0 }
    expect((await store.list()).find(({ name }) => name === 'Another')).toMatchObject({ holds: nothing })
  })

  it('keeps files that can not be read, so that nothing seems to vanish', async () => {
    const store = await openStore()
    await writeFile(join(folder, 'data', 'sessions', 'odd.barograph'), 'nonsense')
    const other = startChild(join(folder, 'other'), join(folder, 'data', 'sessions', 'busy.barograph'))
    await other.next()
    const list = await store.list()
    expect(list.map(({ name }) => name).toSorted()).toEqual([store.current().name, 'busy', 'odd'])
    expect(list.find(({ name }) => name === 'busy')?.remark).toContain('another process')
  })
})

describe('following a session', () => {
  it('starts with the session and tells each change after it was stored', async () => {
    const store = await openStore()
    const start = await store.tail(0, 0)
    expect(start).toMatchObject({ restart: true, events: [{ kind: 'session-opened' }] })
    const waiting = store.tail(start.cursor, 5_000)
    await store.putRun(sampleRun())
    const first = await waiting
    expect(first.events).toMatchObject([{ kind: 'run-changed', run: { runId: 'run-1' } }])
    expect(first.events).toEqual([{ kind: 'run-changed', run: (await store.runs())[0] }])
    await store.setNote('run-1', 'n')
    expect((await store.tail(first.cursor, 0)).events).toMatchObject([{ run: { note: 'n' } }])
    await store.removeRun('run-1')
    expect(await store.tail(first.cursor, 0)).toMatchObject({
      restart: false,
      events: [{ kind: 'run-removed', runId: 'run-1' }],
    })
    const session = await store.create({ name: 'Next' })
    expect((await store.tail(first.cursor + 2, 0)).events).toEqual([{ kind: 'session-opened', session }])
  })
})

describe('secrets', () => {
  it('typed into a statement reach neither the file nor the list nor the tail', async () => {
    const store = await openStore()
    const secret = 'Geheimnis4711'
    await store.putRun(
      sampleRun({
        statement: `ALTER ROLE ada PASSWORD '${secret}'`,
        error: { code: '42601', message: `syntax error in password '${secret}'` },
        notes: [`connected to postgresql://ada:${secret}@db/x`],
        planJson: JSON.stringify([{ 'Query Text': `SELECT dblink('host=x\n password=${secret}')` }]),
        parameters: [{ value: `user=ada host=db password='${secret}'` }],
      }),
    )
    await store.putRun(
      bareRun({
        ordinal: 2,
        statement: 'ALTER ROLE ada PASSWORD $1',
        parameters: [{ value: secret, type: 'text' }],
      }),
    )
    await store.plans.keep({
      name: `postgresql://ada:${secret}@db/x`,
      source: 'log',
      text: `Query Text: CREATE ROLE a PASSWORD '${secret}'\nResult  (cost=0.00..0.01 rows=1 width=4)`,
      statement: `CREATE ROLE a PASSWORD '${secret}'`,
      note: `password '${secret}'`,
    })
    const shown = [
      await store.runs(),
      await store.run('run-1'),
      await store.run('bare'),
      await store.tail(0, 0),
    ]
    const plans = await store.plans.list()
    expect(JSON.stringify([...shown, plans, await store.plans.open(plans[0]?.planId ?? '')])).not.toContain(
      secret,
    )
    await store.close()
    const { path } = store.current()
    const file = await open(path)
    const content = await file.readFile()
    // What isn't secret can be found this way, so what is would be too.
    expect(content.includes('ALTER ROLE ada')).toBe(true)
    expect(content.includes(secret)).toBe(false)
    await file.close()
  })
})
