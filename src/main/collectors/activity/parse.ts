import type { TextValue } from '#main/targets/index.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { classifyWait } from '#shared/waits/index.ts'

/** What a row alone doesn't tell. */
export interface Surroundings {
  readonly database: (oid: string) => string | undefined
  readonly role: (oid: string) => string | undefined
  readonly toWorkbenchMs: (serverMs: EpochMs) => EpochMs
  /** Text of a statement by its process and start, as it was sent once. */
  readonly statement: (pid: string, startedAt: string) => string | undefined
}

/** Columns of `activity-*.sql` by their place. */
export const columns = {
  pid: 0,
  database: 1,
  role: 2,
  application: 3,
  client: 4,
  backendType: 5,
  leaderPid: 6,
  backendStart: 7,
  state: 8,
  waitType: 9,
  waitEvent: 10,
  transactionStart: 11,
  statementStart: 12,
  stateChange: 13,
  xminAge: 14,
  statement: 15,
  queryId: 16,
} as const

/**
 * A row of `activity-*.sql` as a sample. A process without a state doesn't rest, or the row would not be there; the same
 * goes for `disabled`, which is all there is to see with `track_activities` off, besides wait events.
 */
export function parseActivity(row: readonly TextValue[], around: Surroundings): BackendSample {
  const text = (name: keyof typeof columns): string | undefined => row[columns[name]] ?? undefined
  const number = (name: keyof typeof columns): number | undefined => {
    const value = text(name)
    return value === undefined ? undefined : Number(value)
  }
  const moment = (name: keyof typeof columns): EpochMs | undefined => {
    const seconds = number(name)
    return seconds === undefined ? undefined : around.toWorkbenchMs(seconds * 1_000)
  }
  const named = (oid: string | undefined, name: Surroundings['role']): string | undefined =>
    oid === undefined ? undefined : name(oid)
  const [pid, state, statementStart] = [text('pid') ?? '', text('state'), text('statementStart')]
  return withoutAbsent({
    pid: Number(pid),
    startedAtMs: moment('backendStart') ?? 0,
    backendType: text('backendType') ?? '',
    database: named(text('database'), around.database),
    user: named(text('role'), around.role),
    application: text('application') || undefined,
    client: text('client'),
    leaderPid: number('leaderPid'),
    state: state === undefined || state === 'disabled' ? 'active' : state,
    ...classifyWait(state ?? null, text('waitType') ?? null, text('waitEvent') ?? null),
    queryId: text('queryId'),
    transactionStartedAtMs: moment('transactionStart'),
    statementStartedAtMs: moment('statementStart'),
    stateChangedAtMs: moment('stateChange'),
    xminAge: number('xminAge'),
    statement:
      text('statement') ?? (statementStart === undefined ? undefined : around.statement(pid, statementStart)),
  })
}

type WithoutAbsent<Fields> = {
  readonly [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name]
} & {
  readonly [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<
    Fields[Name],
    undefined
  >
}

function withoutAbsent<Fields extends object>(fields: Fields): WithoutAbsent<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as WithoutAbsent<Fields>
}
