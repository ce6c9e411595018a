import type { MetricSample } from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { type ByVersion, type Collector, type Look, type Source, sqlFor } from '../collector.ts'
import { createCounterMemory } from '../counter-memory.ts'
import { withoutRefused } from '../refusals.ts'
import { watchCheckpoints } from './checkpoint-watch.ts'
import checkpoints13 from './checkpoints-13.sql?raw'
import checkpoints17 from './checkpoints-17.sql?raw'
import checkpoints18 from './checkpoints-18.sql?raw'
import lastCheckpointSql from './last-checkpoint.sql?raw'
import { type LastCheckpoint, parseCheckpoints, parseLastCheckpoint } from './parse.ts'

const sql: ByVersion = { 130_000: checkpoints13, 170_000: checkpoints17, 180_000: checkpoints18 }
const lastQuestion = { name: 'last-checkpoint', sql: lastCheckpointSql }
/** While no checkpoint is under way, the control file is read at every so many looks. */
const looksBetween = 15

/** Who writes buffers out: checkpoints, each of which is marked, the background writer, and backends themselves. */
export const checkpoints: Collector = { id: 'checkpoints', everyMs: 2_000, begin }

function begin(source: Source): Look | undefined {
  const text = sqlFor(sql, source.server.versionNum)
  if (text === undefined) return undefined
  const counters = createCounterMemory(source)
  const gauges = createCounterMemory(source)
  const watch = watchCheckpoints()
  let looks = 0
  const askLast = withoutRefused(source, 'the last checkpoint', async () => {
    const { rows, atMs } = await source.ask(lastQuestion)
    const last = parseLastCheckpoint(rows)
    if (last !== undefined) gauges.take({ gauges: gaugesOf(last, source.toServerMs(atMs)) }, atMs)
    return last
  })

  return withoutRefused(source, 'checkpoints', async () => {
    const { rows, atMs } = await source.ask({ name: 'checkpoints', sql: text })
    const samples = counters.take(parseCheckpoints(rows), atMs)
    const growth = new Map(samples.map(({ metric, value }) => [metric, value]))
    const isAsked = looks % looksBetween === 0 || watch.mayBeFinished(growth)
    looks += 1
    const last = isAsked ? await askLast() : undefined
    const finished = last === undefined ? {} : { finishedLsn: last.lsn }
    for (const marker of watch.see({ atMs, growth, ...finished })) source.emit({ kind: 'marker', marker })
  })
}

function gaugesOf({ beganAtMs, redoBytes }: LastCheckpoint, serverNowMs: EpochMs): readonly MetricSample[] {
  const age: MetricSample = { metric: 'checkpoints.age-ms', value: Math.max(0, serverNowMs - beganAtMs) }
  return redoBytes === undefined ? [age] : [age, { metric: 'checkpoints.redo-bytes', value: redoBytes }]
}
