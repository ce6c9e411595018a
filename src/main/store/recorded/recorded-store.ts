import { createOrder } from '#main/order/index.ts'
import { type Emission, WorkbenchError } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { OpenSession } from '../open-session.ts'
import type { QuestionAnswer, QuestionInput, QuestionName } from './ask/questions.ts'
import { type Backlog, createBacklog, type LostRows } from './backlog.ts'
import { startKeepers } from './keep/keepers.ts'
import { createOutgoing, type Outgoing } from './outgoing.ts'
import type { RecordedStore } from './types.ts'

export interface OpenRecordedStore extends RecordedStore {
  /** Another session is open: what could not be written of the one before is given up. */
  leave(): void
}

const writeEveryMs: Milliseconds = 1_000
/** After a failure it is tried again so much later, then twice as long, up to the longest. */
const longestPauseMs: Milliseconds = 30_000

interface Active {
  readonly ordinal: number
  readonly outgoing: Outgoing
  readonly keep: (emission: Emission) => void
}

export function createRecordedStore(
  session: Pick<OpenSession, 'thread' | 'inOrder' | 'requireWritable' | 'wrote'>,
  backlog: Backlog = createBacklog(),
): OpenRecordedStore {
  const { thread, inOrder, requireWritable, wrote } = session
  let active: Active | undefined
  /** Why the last write failed. */
  let reason: string | undefined
  let timer: NodeJS.Timeout | undefined
  let pauseMs = writeEveryMs
  /** So that each caller's rows are on disk when its own write has ended. */
  const inTurn = createOrder()

  function schedule(): void {
    if (timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void write().catch(() => undefined)
    }, pauseMs)
    timer.unref()
  }

  function collect(ends?: { readonly ordinal: number; readonly atMs: EpochMs }): void {
    if (active === undefined) return
    const rows = active.outgoing.take()
    if (rows.length === 0 && ends === undefined) return
    backlog.add({ rows, ...(ends === undefined ? {} : { ends }) })
  }

  function write(): Promise<void> {
    // All that was to be written is written now; the next to come begins a second of its own.
    clearTimeout(timer)
    timer = undefined
    collect()
    return inTurn(async () => {
      if (!backlog.isEmpty()) await writeBacklog()
    })
  }

  async function writeBacklog(): Promise<void> {
    try {
      await inOrder(async () => {
        const batches = backlog.batches()
        const written = await thread.ask('writeRecorded', { batches })
        backlog.wrote(batches.length)
        wrote(requireWritable(), written)
      })
    } catch (error) {
      pauseMs = Math.min(longestPauseMs, 2 * pauseMs)
      reason = explain(error)
      schedule()
      throw error
    }
    pauseMs = writeEveryMs
    reason = undefined
    const lost = backlog.takeLost()
    if (lost !== undefined) tellLost(lost)
  }

  /** The timeline shall show that something is missing there. */
  function tellLost({ fromMs, toMs, rows }: LostRows): void {
    if (active === undefined) return
    const label = `Not kept: the file could not be written (${rows} rows)`
    active.keep({ kind: 'marker', marker: { kind: 'gap', atMs: fromMs, endedAtMs: toMs, label } })
    schedule()
  }

  async function ask<Name extends QuestionName>(
    question: Name,
    input: QuestionInput<Name>,
  ): Promise<QuestionAnswer<Name>> {
    // A file that can't be written now answers with what it has.
    if (reason === undefined) await write().catch(() => undefined)
    return (await thread.ask('askRecorded', { question, input })) as QuestionAnswer<Name>
  }

  return {
    async begin(input) {
      await write()
      const { recording, next } = await inOrder(() => {
        requireWritable()
        return thread.ask('beginRecording', input)
      })
      const outgoing = createOutgoing()
      active = { ordinal: recording.ordinal, outgoing, keep: startKeepers({ outgoing, next }) }
      return recording
    },
    append(emission) {
      if (active === undefined) return
      active.keep(emission)
      schedule()
    },
    flush: write,
    async end(endedAtMs) {
      if (active === undefined) return
      collect({ ordinal: active.ordinal, atMs: endedAtMs })
      active = undefined
      // It is told by `problem`, and tried again: a full disk must not keep anybody from stopping.
      await write().catch(() => undefined)
    },
    problem: () =>
      reason === undefined
        ? undefined
        : `${reason} What is recorded is kept in memory and written as soon as that works again.`,
    reason: () => reason,
    leave() {
      clearTimeout(timer)
      timer = undefined
      active = undefined
      reason = undefined
      pauseMs = writeEveryMs
      backlog.clear()
    },
    overview: () => ask('overview', undefined),
    summary: () => ask('summary', undefined),
    loadSeries: (question) => ask('loadSeries', question),
    loadRanking: (question) => ask('loadRanking', question),
    markers: (range) => ask('markers', range),
    metricSeries: (question) => ask('metricSeries', question),
    schemaOver: (question) => ask('schemaOver', question),
    activityAt: (atMs) => ask('activityAt', atMs),
    statementRanking: (question) => ask('statementRanking', question),
    statementDetail: (question) => ask('statementDetail', question),
    statementTexts: (keys) => ask('statementTexts', keys),
    locksAt: (question) => ask('locksAt', question),
    lockMoments: (question) => ask('lockMoments', question),
    lockStep: (question) => ask('lockStep', question),
    lockBlame: (range) => ask('lockBlame', range),
  }
}

function explain(error: unknown): string {
  return error instanceof WorkbenchError ? error.message : 'The session file could not be written.'
}
