import { type Run, type RunSummary, redactSecrets, WorkbenchError } from '#shared/session/index.ts'
import type { OpenSession } from './open-session.ts'
import { packSamples, transferOf, unpackSamples } from './packed-samples.ts'
import { summaryOf, withoutSecrets } from './run-parts.ts'

/** The runs of the open session. */
export interface KeptRuns {
  /** Oldest first. */
  readonly list: () => Promise<readonly RunSummary[]>
  readonly open: (runId: string) => Promise<Run>
  /** The number for the next run; each call gives another one. */
  readonly nextOrdinal: () => number
  /** Inserts a run or replaces the one with its id, durably. Its ordinal changes if another run has it. */
  readonly put: (run: Run) => Promise<void>
  readonly setNote: (runId: string, note: string) => Promise<void>
  readonly remove: (runId: string) => Promise<void>
  readonly count: () => number
  /** @throws RUN_ACTIVE while one is under way: it belongs to the open session */
  readonly refuseWhileRunning: () => void
  /** Another session is open, with these runs. */
  readonly enter: (ordinals: Iterable<readonly [runId: string, ordinal: number]>) => void
}

export function createKeptRuns({ thread, inOrder, requireWritable, wrote, tell }: OpenSession): KeptRuns {
  let ordinals = new Map<string, number>()
  let highestOrdinal = 0
  const running = new Set<string>()

  function ordinalFor(run: Run): number {
    const isTaken = [...ordinals.values()].includes(run.ordinal)
    return isTaken ? highestOrdinal + 1 : run.ordinal
  }

  async function write(run: Run): Promise<void> {
    const session = requireWritable()
    const ordinal = ordinals.get(run.runId) ?? ordinalFor(run)
    const samples = packSamples(run.waits.samples)
    const bare = { ...withoutSecrets(run), ordinal }
    const written = await thread.ask('putRun', { run: { run: bare, samples }, ordinal }, transferOf(samples))
    ordinals.set(run.runId, ordinal)
    highestOrdinal = Math.max(highestOrdinal, ordinal)
    wrote(session, written)
    tell({ kind: 'run-changed', run: summaryOf(bare) })
  }

  return {
    list: () => thread.ask('runs', undefined),
    async open(runId) {
      const { run, samples } = await thread.ask('run', { runId })
      return { ...run, waits: { ...run.waits, samples: unpackSamples(samples) } }
    },
    nextOrdinal() {
      highestOrdinal += 1
      return highestOrdinal
    },
    async put(run) {
      if (run.state === 'running') running.add(run.runId)
      else running.delete(run.runId)
      try {
        await inOrder(() => write(run))
      } catch (error) {
        // Who can't store the beginning of a run doesn't begin it.
        running.delete(run.runId)
        throw error
      }
    },
    setNote: (runId, note) =>
      inOrder(async () => {
        const session = requireWritable()
        wrote(session, await thread.ask('setNote', { runId, note: redactSecrets(note) }))
        tell({ kind: 'run-changed', run: await thread.ask('summary', { runId }) })
      }),
    remove: (runId) =>
      inOrder(async () => {
        const session = requireWritable()
        const written = await thread.ask('removeRun', { runId })
        ordinals.delete(runId)
        wrote(session, written)
        tell({ kind: 'run-removed', runId })
      }),
    count: () => ordinals.size,
    refuseWhileRunning() {
      if (running.size === 0) return
      throw new WorkbenchError(
        'RUN_ACTIVE',
        'A statement is still running; it belongs to the open session.',
        {
          advice: 'Wait for it or cancel it, then change the session.',
        },
      )
    },
    enter(stored) {
      ordinals = new Map(stored)
      highestOrdinal = Math.max(0, ...ordinals.values())
    },
  }
}
