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

/** Columns of `by-backend-*.sql`, `every-row-*.sql` and `everybody-*.sql` by their place. */
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
  /** Of `everybody-*.sql` alone. */
  isAtWork: 17,
} as const

type Growing = { -readonly [Name in keyof BackendSample]: BackendSample[Name] }

/**
 * A row of `by-backend-*.sql` or `every-row-*.sql` as a sample. A process without a state doesn't rest, or the row would
 * not be there; the same goes for `disabled`, which is all there is to see with `track_activities` off, besides wait
 * events.
 *
 * Called a thousand times a second where a hundred are at work, so it makes one object and nothing beside it.
 */
export function parseActivity(row: readonly TextValue[], around: Surroundings): BackendSample {
  const [pid, database, role, application, client, backendType, leaderPid, backendStart] = row
  const state = row[columns.state]
  const statementStart = row[columns.statementStart]
  const xminAge = row[columns.xminAge]
  const queryId = row[columns.queryId]
  const { waitClass, waitEvent } = classifyWait(
    state ?? null,
    row[columns.waitType] ?? null,
    row[columns.waitEvent] ?? null,
  )
  const sample: Growing = {
    pid: Number(pid),
    startedAtMs: momentOf(backendStart, around) ?? 0,
    backendType: backendType ?? '',
    state: state === undefined || state === null || state === 'disabled' ? 'active' : state,
    waitClass,
  }
  const databaseName = typeof database === 'string' ? around.database(database) : undefined
  const roleName = typeof role === 'string' ? around.role(role) : undefined
  const transactionStartedAtMs = momentOf(row[columns.transactionStart], around)
  const statementStartedAtMs = momentOf(statementStart, around)
  const stateChangedAtMs = momentOf(row[columns.stateChange], around)
  const statement =
    row[columns.statement] ??
    (typeof pid === 'string' && typeof statementStart === 'string'
      ? around.statement(pid, statementStart)
      : undefined)
  if (databaseName !== undefined) sample.database = databaseName
  if (roleName !== undefined) sample.user = roleName
  if (application) sample.application = application
  if (typeof client === 'string') sample.client = client
  if (typeof leaderPid === 'string') sample.leaderPid = Number(leaderPid)
  if (waitEvent !== undefined) sample.waitEvent = waitEvent
  if (typeof queryId === 'string') sample.queryId = queryId
  if (transactionStartedAtMs !== undefined) sample.transactionStartedAtMs = transactionStartedAtMs
  if (statementStartedAtMs !== undefined) sample.statementStartedAtMs = statementStartedAtMs
  if (stateChangedAtMs !== undefined) sample.stateChangedAtMs = stateChangedAtMs
  if (typeof xminAge === 'string') sample.xminAge = Number(xminAge)
  if (statement !== undefined) sample.statement = statement
  return sample
}

function momentOf(seconds: TextValue | undefined, { toWorkbenchMs }: Surroundings): EpochMs | undefined {
  return typeof seconds === 'string' ? toWorkbenchMs(Number(seconds) * 1_000) : undefined
}
