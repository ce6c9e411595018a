import {
  defaultRunOptions,
  type ExplainOptions,
  type RunMode,
  type RunOptions,
} from '#shared/session/index.ts'
import { formatCount, formatDuration } from '#shared/units/index.ts'

/** What the panel keeps between runs: everything but the mode, which the button says. */
export type QueryOptions = Omit<RunOptions, 'mode' | 'onEnd'> & { readonly onEnd: 'rollback' | 'commit' }

export const defaultOptions: QueryOptions = defaultRunOptions

export interface ExplainChoice {
  readonly id: Exclude<keyof ExplainOptions, 'serialize'> | 'serialize'
  readonly label: string
  /** What it shows and what it costs. */
  readonly about: string
  /** `server_version_num` of the first release that has it. */
  readonly since: number
}

/** @source PostgreSQL manual, EXPLAIN, releases 13 to 18 */
export const explainChoices: readonly ExplainChoice[] = [
  {
    id: 'buffers',
    label: 'Buffers',
    about: 'Blocks hit, read, dirtied and written, node by node. Costs next to nothing.',
    since: 130_000,
  },
  {
    id: 'wal',
    label: 'WAL',
    about: 'Write-ahead log that each node of a write makes. Costs next to nothing.',
    since: 130_000,
  },
  {
    id: 'settings',
    label: 'Settings',
    about: 'Planner settings that differ from their default. Costs nothing.',
    since: 120_000,
  },
  {
    id: 'verbose',
    label: 'Verbose',
    about: 'Output columns and schema names of every node. Costs nothing but a longer plan.',
    since: 90_000,
  },
  {
    id: 'timing',
    label: 'Timing of each node',
    about:
      'Two clock readings for each row of each node: many cheap rows run slower by it. Without it only the totals are timed.',
    since: 90_200,
  },
  {
    id: 'serialize',
    label: 'Serialize',
    about: 'Turns the rows into what would be sent, without sending. Adds that time to the run.',
    since: 170_000,
  },
  {
    id: 'memory',
    label: 'Memory of the planner',
    about: 'What planning itself took. Costs nothing worth measuring.',
    since: 170_000,
  },
]

export const genericPlanSince = 160_000

/** Why a choice can't be taken on this server; `undefined` where it can. */
export function unavailable(since: number, serverVersionNum: number | undefined): string | undefined {
  if (serverVersionNum === undefined || serverVersionNum >= since) return undefined
  return `needs PostgreSQL ${since / 10_000}, this server is ${Math.floor(serverVersionNum / 10_000)}`
}

/** Whole units, as a setting is said: `60 s`, `5 min`. */
export function formatTimeout(ms: number): string {
  if (ms === 0) return 'no timeout'
  if (ms % 60_000 === 0 && ms >= 120_000) return `timeout ${ms / 60_000} min`
  return ms % 1_000 === 0 ? `timeout ${ms / 1_000} s` : `timeout ${formatDuration(ms)}`
}

/** The one line beside the buttons: what a run will do. */
export function summarizeOptions(options: QueryOptions, serverVersionNum: number | undefined): string {
  const asked = explainChoices
    .filter(({ id, since }) => {
      const value = options.explain[id]
      return id !== 'timing' && value !== false && value !== 'none' && !unavailable(since, serverVersionNum)
    })
    .map(({ id }) => id)
  return [
    options.onEnd === 'rollback' ? 'writes roll back' : 'writes are committed',
    formatTimeout(options.statementTimeoutMs),
    [...asked, ...(options.explain.timing ? [] : ['no node timing'])].join(', '),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

export function optionsForRun(options: QueryOptions, mode: RunMode, outsideTransaction: boolean): RunOptions {
  return { ...options, mode, onEnd: outsideTransaction ? 'autocommit' : options.onEnd }
}

function numberWithin(value: unknown, low: number, high: number, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high
    ? value
    : otherwise
}

/** Reads what an earlier window kept; whatever does not fit falls back to its default. */
export function parseOptions(text: string | undefined): QueryOptions {
  let kept: unknown
  try {
    kept = JSON.parse(text ?? '')
  } catch {
    return defaultOptions
  }
  if (typeof kept !== 'object' || kept === null) return defaultOptions
  const read = kept as { readonly [Key in keyof QueryOptions]?: unknown }
  const explain = (typeof read.explain === 'object' && read.explain !== null ? read.explain : {}) as {
    readonly [Key in keyof ExplainOptions]?: unknown
  }
  const flag = (id: Exclude<keyof ExplainOptions, 'serialize'>): boolean => {
    const value = explain[id]
    return typeof value === 'boolean' ? value : defaultOptions.explain[id]
  }
  const { serialize } = explain
  return {
    explain: {
      buffers: flag('buffers'),
      wal: flag('wal'),
      settings: flag('settings'),
      verbose: flag('verbose'),
      timing: flag('timing'),
      memory: flag('memory'),
      serialize: serialize === 'text' || serialize === 'binary' ? serialize : 'none',
    },
    // A window that kept writes yesterday must not keep them today without being told so again.
    onEnd: 'rollback',
    statementTimeoutMs: numberWithin(
      read.statementTimeoutMs,
      0,
      86_400_000,
      defaultOptions.statementTimeoutMs,
    ),
    maxRows: Math.round(numberWithin(read.maxRows, 1, 10_000_000, defaultOptions.maxRows)),
    sampleHz: numberWithin(read.sampleHz, 1, 200, defaultOptions.sampleHz),
  }
}

export const timeoutChoices: readonly number[] = [5_000, 60_000, 300_000, 1_800_000, 0]
export const rowChoices: readonly number[] = [1_000, 10_000, 100_000, 1_000_000]
export const hertzChoices: readonly number[] = [10, 20, 50, 100, 200]

export function formatRowLimit(rows: number): string {
  return `${formatCount(rows)} rows`
}
