import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { type Answer, type Question, type Source, sqlFor } from '../collector.ts'
import { createCostPace } from '../cost-pace.ts'
import { createCensus } from './census.ts'
import type { LookKind } from './look-times.ts'
import { countLocks, selectWaits, tookMs } from './parse.ts'
import rows13 from './rows-13.sql?raw'
import rows14 from './rows-14.sql?raw'
import waits13 from './waits-13.sql?raw'
import waits14 from './waits-14.sql?raw'

/** What has to do with waiting, of all locks. */
export type Waits = Pick<Answer, 'rows' | 'atMs'>

export interface Census {
  readonly waiting: number
  /** Told along with the counts where there are few locks. */
  readonly waits?: Waits
}

/** What a look at locks asks, and how much that may cost. */
export interface Readings {
  /** Counts locks by type and mode, if it is time to. */
  readonly count: (nowMs: EpochMs) => Promise<Census | undefined>
  readonly readWaits: () => Promise<Waits>
  /** Between two looks at waits, at the cost of the last ones. */
  readonly pauseMs: (kind: LookKind) => Milliseconds
}

/** Up to so many, all rows cost the server less than counting them, or than finding out which have to do with waiting. */
const few = 150
/** Of one core, while somebody waits for long: a queue of some hundreds is looked at once a second. */
const lastingRules = { shareOfCore: 0.01, longestPauseMs: 2_000 }
/** While all waits are short. */
const sampleRules = { shareOfCore: 0.001, longestPauseMs: 5_000 }

/** `undefined` on servers that are too old. */
export function createReadings(source: Source): Readings | undefined {
  const { versionNum } = source.server
  const [all, some] = [
    sqlFor({ 130_000: rows13, 140_000: rows14 }, versionNum),
    sqlFor({ 130_000: waits13, 140_000: waits14 }, versionNum),
  ]
  if (all === undefined || some === undefined) return undefined
  const questions = { rows: { name: 'lock_rows', sql: all }, waits: { name: 'lock_waits', sql: some } }
  const census = createCensus(source)
  const paces = { lasting: createCostPace(lastingRules), sample: createCostPace(sampleRules) }
  const areFew = () => (census.total ?? Number.POSITIVE_INFINITY) <= few

  async function ask(question: Question): Promise<Waits> {
    const { rows, atMs } = await source.ask(question)
    for (const pace of Object.values(paces)) pace.spent(atMs, tookMs(rows))
    return { rows, atMs }
  }

  return {
    async count(nowMs) {
      if (!census.isDue(nowMs)) return undefined
      if (!areFew()) return { waiting: await census.take() }
      const { rows, atMs } = await ask(questions.rows)
      const waiting = census.tell(countLocks(rows), atMs, tookMs(rows))
      return { waiting, waits: { rows: selectWaits(rows), atMs } }
    },
    async readWaits() {
      if (!areFew()) return await ask(questions.waits)
      const { rows, atMs } = await ask(questions.rows)
      return { rows: selectWaits(rows), atMs }
    },
    pauseMs: (kind) => paces[kind].pauseMs(),
  }
}
