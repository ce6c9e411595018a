import type { MetricId } from '#shared/series/index.ts'
import type { Marker } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** What one look saw of the checkpointer. */
export interface CheckpointLook {
  readonly atMs: EpochMs
  /** What its counters grew by since the last look. */
  readonly growth: ReadonlyMap<MetricId, number>
  /** Where the last finished checkpoint stands in the WAL; absent where it wasn't asked for or may not be asked. */
  readonly finishedLsn?: string
}

export interface CheckpointWatch {
  /** Whether one may have been finished at this look: reading the control file is worth it. */
  mayBeFinished(growth: CheckpointLook['growth']): boolean
  /** Marks to make. */
  see(look: CheckpointLook): readonly Marker[]
}

interface UnderWay {
  readonly words: { readonly label: string; readonly cause: string }
  readonly atMs: EpochMs
  readonly looks: number
  readonly writeMs: Milliseconds
  readonly syncMs: Milliseconds
  readonly buffers: number
  /** A mark without an end was made. */
  readonly isTold: boolean
  readonly finishedAtMs?: EpochMs
}

/** So many looks without a buffer written: the server counted a checkpoint that it then had no need for. */
const patienceLooks = 4

/**
 * Makes marks of checkpoints out of counters: one when it is seen at work, one with its end and figures when it is
 * finished. A checkpoint is counted when it begins, even where there is nothing to do and it is left out; its times are
 * counted at its end, a moment after the control file names it as finished.
 *
 * @source PostgreSQL's source, checkpointer.c and CreateCheckPoint() in xlog.c
 */
export function watchCheckpoints(): CheckpointWatch {
  let underWay: UnderWay | undefined
  let lastLsn: string | undefined
  let lastAtMs: EpochMs | undefined

  function begin({ atMs, growth }: CheckpointLook, isFinished: boolean): void {
    const words = describeBegin(growth) ?? (isFinished && underWay === undefined ? unseen : undefined)
    // One that begins as another ends is seen at its end.
    const isOtherEnding = underWay !== undefined && (isFinished || underWay.finishedAtMs !== undefined)
    if (words === undefined || isOtherEnding) return
    underWay = { words, atMs, looks: 0, writeMs: 0, syncMs: 0, buffers: 0, isTold: false }
  }

  return {
    mayBeFinished: (growth) =>
      underWay !== undefined || describeBegin(growth) !== undefined || workedMs(growth) > 0,
    see(look) {
      const { atMs, growth, finishedLsn } = look
      const isFinished =
        finishedLsn === undefined ? workedMs(growth) > 0 : lastLsn !== undefined && finishedLsn !== lastLsn
      const earliestMs = lastAtMs ?? atMs
      lastAtMs = atMs
      lastLsn = finishedLsn ?? lastLsn
      begin(look, isFinished)
      if (underWay === undefined) return []

      const wasFinished = underWay.finishedAtMs !== undefined
      const now = addGrowth(underWay, growth)
      if (isFinished || wasFinished) {
        const finishedAtMs = underWay.finishedAtMs ?? atMs
        // Its times may come a look later.
        const isComplete = wasFinished || workedMs(growth) > 0
        underWay = isComplete ? undefined : { ...now, finishedAtMs }
        return isComplete ? [describeEnd(now, finishedAtMs, earliestMs)] : []
      }
      const isNews = now.buffers > 0 && !now.isTold
      const isNeedless = now.buffers === 0 && now.looks >= patienceLooks
      underWay = isNeedless ? undefined : { ...now, isTold: now.isTold || isNews }
      return isNews ? [{ kind: 'checkpoint', atMs: now.atMs, label: now.words.label }] : []
    },
  }
}

function workedMs(growth: CheckpointLook['growth']): Milliseconds {
  return (growth.get('checkpoints.write-ms') ?? 0) + (growth.get('checkpoints.sync-ms') ?? 0)
}

function addGrowth(to: UnderWay, growth: CheckpointLook['growth']): UnderWay {
  return {
    ...to,
    looks: to.looks + 1,
    writeMs: to.writeMs + (growth.get('checkpoints.write-ms') ?? 0),
    syncMs: to.syncMs + (growth.get('checkpoints.sync-ms') ?? 0),
    buffers: to.buffers + (growth.get('buffers.by-checkpoints') ?? 0),
  }
}

function describeEnd(done: UnderWay, finishedAtMs: EpochMs, earliestMs: EpochMs): Marker {
  const { words, writeMs, syncMs, buffers, isTold } = done
  // One that was over within a look began somewhere since the last one.
  const atMs = isTold ? done.atMs : Math.max(earliestMs, finishedAtMs - writeMs - syncMs)
  const endedAtMs = isTold ? finishedAtMs : Math.min(finishedAtMs, atMs + writeMs + syncMs)
  const facts = { cause: words.cause, writeMs, syncMs, buffers }
  return { kind: 'checkpoint', atMs, endedAtMs, label: words.label, facts }
}

const unseen = { label: 'Checkpoint', cause: 'began unseen' }

function describeBegin(growth: CheckpointLook['growth']): UnderWay['words'] | undefined {
  const of = (metric: MetricId): number => growth.get(metric) ?? 0
  if (of('checkpoints.restartpoints-requested') > 0)
    return { label: 'Restart point, requested', cause: 'requested' }
  if (of('checkpoints.restartpoints-timed') > 0) return { label: 'Restart point, timed', cause: 'timed' }
  if (of('checkpoints.requested') > 0) return { label: 'Checkpoint, requested', cause: 'requested' }
  if (of('checkpoints.timed') > 0) return { label: 'Checkpoint, timed', cause: 'timed' }
  return undefined
}
