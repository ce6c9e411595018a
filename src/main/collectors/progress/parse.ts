import type { EpochMs } from '#shared/units/index.ts'
import type { Answer } from '../collector.ts'

/** A command at work, as one look saw it. */
export interface CommandAtWork {
  /** `VACUUM`, `CREATE INDEX CONCURRENTLY` … */
  readonly command: string
  readonly pid: number
  readonly database?: string
  /** What it works on, in words; absent where it may not be seen, or where there is no such thing. */
  readonly target?: string
  /** Absent where it may not be seen. */
  readonly phase?: string
  readonly done: number
  /** 0 = not known. */
  readonly inAll: number
  /** Further figures by name, without those that are 0. */
  readonly facts: Readonly<Record<string, number>>
}

/** Who runs it. */
export interface Commander {
  readonly isAutovacuum: boolean
  readonly user?: string
  /** By the server's clock; absent where it may not be seen. */
  readonly beganAtMs?: EpochMs
}

export function parseProgress(rows: Answer['rows']): readonly CommandAtWork[] {
  return rows.map(([command, pid, database, relid, name, phase, done, inAll, ...facts]) => {
    const target = name ?? (relid && relid !== '0' ? `relation ${relid} of ${database}` : undefined)
    return {
      command: command ?? '',
      pid: Number(pid),
      ...(database ? { database } : {}),
      ...(target === undefined ? {} : { target }),
      ...(phase ? { phase } : {}),
      done: Number(done ?? 0),
      inAll: Number(inAll ?? 0),
      facts: parseFacts(facts),
    }
  })
}

function parseFacts(columns: Answer['rows'][number]): CommandAtWork['facts'] {
  const [name, figure, otherName, otherFigure] = columns
  const pairs = [
    [name, figure],
    [otherName, otherFigure],
  ] as const
  return Object.fromEntries(
    pairs.flatMap(([fact, value]) => (fact && Number(value ?? 0) > 0 ? [[fact, Number(value)]] : [])),
  )
}

export function parseCommanders(rows: Answer['rows']): ReadonlyMap<number, Commander> {
  return new Map(
    rows.map(([pid, backendType, beganAtMs, user]) => [
      Number(pid),
      {
        isAutovacuum: backendType === 'autovacuum worker',
        ...(user ? { user } : {}),
        ...(beganAtMs ? { beganAtMs: Number(beganAtMs) } : {}),
      },
    ]),
  )
}
