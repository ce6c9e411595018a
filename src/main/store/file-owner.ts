import { access, constants, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type KeptPlanSummary, WorkbenchError } from '#shared/session/index.ts'
import { type Database, openDatabase, sizeOnDisk } from './database.ts'
import { explainFailure, needsReopening } from './explain-failure.ts'
import { checkSignature, createFormat, readFacts, upgradeFormat } from './format.ts'
import { readHoldings } from './holdings.ts'
import { changePlan, deletePlan, insertPlan, readPlan, readPlanSummaries } from './kept-plan-rows.ts'
import type { FileFacts, InputOf, OpenedFile, OpenInput, StoreCall, StoreCalls } from './protocol.ts'
import { questions } from './recorded/ask/questions.ts'
import { spanOf } from './recorded/ask/span.ts'
import { beginRecording, endLostRecordings } from './recorded/recordings.ts'
import { writeRecorded } from './recorded/write-recorded.ts'
import { readRun, readSummaries, readSummary, runUnknown } from './run-reader.ts'
import { deleteChildren, writeRun } from './run-writer.ts'

type FileOwner = {
  readonly [Call in StoreCall]: (input: InputOf<Call>) => Promise<ReturnType<StoreCalls[Call]>>
} & {
  path(): string | undefined
  /** To be called between two requests: gives back memory where that is due. */
  rest(): Promise<void>
}

/**
 * It takes milliseconds, and what is read again comes from the system’s cache. A window’s questions leave some
 * 30 MiB behind within ten seconds.
 */
const releaseEveryMs = 5_000

/** From here on a question of a busy server has enough to read for two threads. */
const longSpanMs = 10 * 60_000

/** Holds the one open file and does what is asked of it. Callers send one request at a time. */
export function createFileOwner(): FileOwner {
  let current: Database | undefined
  let currentPath: string | undefined
  let currentAccess: 'read' | 'write' = 'write'
  let releasedAtMs = performance.now()

  /** Runs `work` on the open file; a file that DuckDB has given up on is opened anew for the next request. */
  async function withFile<Answer>(work: (database: Database) => Promise<Answer>): Promise<Answer> {
    if (current === undefined && currentPath !== undefined)
      current = await openDatabase(currentPath, currentAccess)
    if (current === undefined) throw new WorkbenchError('SESSION_UNKNOWN', 'No session is open.')
    try {
      return await work(current)
    } catch (error) {
      if (needsReopening(error)) {
        current.close()
        current = undefined
      }
      throw error
    }
  }

  async function write(work: (database: Database) => Promise<void>) {
    return withFile(async (database) => {
      await work(database)
      return { fileBytes: await sizeOnDisk(database.path) }
    })
  }

  async function writePlan(work: (database: Database) => Promise<KeptPlanSummary>) {
    return withFile(async (database) => {
      const summary = await work(database)
      return { summary, fileBytes: await sizeOnDisk(database.path) }
    })
  }

  return {
    path: () => currentPath,
    async rest() {
      if (performance.now() - releasedAtMs < releaseEveryMs) return
      releasedAtMs = performance.now()
      // It is a convenience: a file that DuckDB has given up on says so when it is asked.
      await current?.releaseMemory().catch(() => undefined)
    },
    async open(input) {
      const opened = input.create === undefined ? await openExisting(input) : await openNew(input)
      current?.close()
      current = opened.database
      currentPath = input.path
      currentAccess = current.readOnly ? 'read' : 'write'
      return opened.answer
    },
    async peek({ path, newestFormat }) {
      await checkSignature(path)
      const database = await openDatabase(path, 'read')
      try {
        return { ...(await readFacts(database, newestFormat)), holds: await readHoldings(database) }
      } finally {
        database.close()
      }
    },
    putRun: ({ run, ordinal }) => write((database) => writeRun(database, run, ordinal)),
    setNote: ({ runId, note }) =>
      write(async (database) => {
        const changed = await database.rows(
          'UPDATE runs SET note = $note WHERE run_id = $runId RETURNING run_ordinal',
          { note, runId },
        )
        if (changed.length === 0) throw runUnknown()
      }),
    removeRun: ({ runId }) =>
      write((database) =>
        database.transaction(async () => {
          const [removed] = await database.rows(
            'DELETE FROM runs WHERE run_id = $runId RETURNING run_ordinal',
            { runId },
          )
          if (removed === undefined) throw runUnknown()
          await deleteChildren(database, Number(removed['run_ordinal']))
        }),
      ),
    holdings: () => withFile(readHoldings),
    runs: () => withFile(readSummaries),
    summary: ({ runId }) => withFile((database) => readSummary(database, runId)),
    run: ({ runId }) => withFile((database) => readRun(database, runId)),
    plans: () => withFile(readPlanSummaries),
    plan: ({ planId }) => withFile((database) => readPlan(database, planId)),
    keepPlan: ({ plan }) => writePlan((database) => insertPlan(database, plan)),
    changePlan: (change) => writePlan((database) => changePlan(database, change)),
    removePlan: ({ planId }) => write((database) => deletePlan(database, planId)),
    beginRecording: (input) => withFile((database) => beginRecording(database, input)),
    writeRecorded: ({ batches }) => write((database) => writeRecorded(database, batches)),
    askRecorded: ({ question, input }) => {
      const answer: (database: Database, input: never) => Promise<unknown> = questions[question]
      const ask = (database: Database) => answer(database, input as never)
      return withFile((database) =>
        spanOf(input) > longSpanMs ? database.onAllThreads(() => ask(database)) : ask(database),
      )
    },
    async close() {
      current?.close()
      current = undefined
      currentPath = undefined
      return undefined
    },
  }
}

interface Opened {
  readonly database: Database
  readonly answer: OpenedFile
}

const newestOf = ({ upgrades }: OpenInput) => upgrades.at(-1)?.version ?? 0

async function openNew(input: OpenInput): Promise<Opened> {
  if (input.create === undefined) throw new TypeError('a new session needs its name')
  const database = await openDatabase(input.path, 'write').catch(async (error: unknown) => {
    // Without room for its first block, an empty file is left, which is no session and would be in the way.
    const size = await stat(input.path).then(
      (found) => found.size,
      () => undefined,
    )
    if (size === 0) await rm(input.path, { force: true })
    throw error
  })
  try {
    await createFormat(database, input.upgrades, input.appVersion, input.create)
    return { database, answer: { ...(await readFacts(database, newestOf(input))), ordinals: [] } }
  } catch (error) {
    database.close()
    // Half a session is of no use to anybody, and the path was free before.
    await Promise.all([input.path, `${input.path}.wal`].map((path) => rm(path, { force: true })))
    throw error
  }
}

async function openExisting(input: OpenInput): Promise<Opened> {
  await checkSignature(input.path)
  const { database, readOnlyBecause } = await openForWritingOrReading(input.path)
  try {
    let facts: FileFacts = await readFacts(database, newestOf(input))
    await upgradeFormat(database, facts.formatVersion, input.upgrades, input.appVersion)
    if (!database.readOnly) {
      await endOrphans(database)
      await endLostRecordings(database)
    }
    facts = await readFacts(database, newestOf(input))
    const runs = await database.rows('SELECT run_id, run_ordinal FROM runs')
    const ordinals = runs.map((row) => [String(row['run_id']), Number(row['run_ordinal'])] as const)
    return {
      database,
      answer: { ...facts, ordinals, ...(readOnlyBecause === undefined ? {} : { readOnlyBecause }) },
    }
  } catch (error) {
    database.close()
    throw error
  }
}

/** A writer excludes everybody, readers exclude writers: who can't write may still be able to read. */
async function openForWritingOrReading(
  path: string,
): Promise<{ readonly database: Database; readonly readOnlyBecause?: 'busy' | 'permission' }> {
  if (!(await canWrite(path))) {
    return { database: await openDatabase(path, 'read'), readOnlyBecause: 'permission' }
  }
  try {
    return { database: await openDatabase(path, 'write') }
  } catch (error) {
    const { code } = explainFailure(error, path)
    if (code !== 'SESSION_BUSY' && code !== 'SESSION_READ_ONLY') throw error
    const readOnlyBecause = code === 'SESSION_BUSY' ? 'busy' : 'permission'
    return { database: await openDatabase(path, 'read'), readOnlyBecause }
  }
}

/** The folder counts too: the write-ahead log is made in it. */
async function canWrite(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK)
    await access(dirname(path), constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Runs that were under way when the workbench died will not end any more: say so. */
async function endOrphans(database: Database): Promise<void> {
  await database.run(
    `UPDATE runs SET state = 'failed', outcome = 'unknown', error_code = 'CONNECTION_LOST',
       error_message = 'The workbench ended while this statement ran.'
     WHERE state = 'running'`,
  )
}
