import {
  type LockActivity,
  type LockMode,
  type LockRow,
  type LockState,
  lockModes,
} from '#shared/locks/index.ts'
import {
  isObject,
  type JsonObject,
  pick,
  readFlag,
  readMoment,
  readText,
  readWhole,
  withoutAbsent,
} from './fields.ts'

/** A line that holds no state of locks; the message says why. */
export class NotAState extends Error {
  override readonly name = 'NotAState'
}

const knownModes: ReadonlySet<string> = new Set([...lockModes, 'SIReadLock'])

/**
 * A state of locks out of a line of JSON: `{ "locks": [ … ], "activity": [ … ] }`.
 *
 * Rows may have the columns of `pg_locks` and `pg_stat_activity` or short names for them, and numbers as such or as
 * text. `t` is the moment of the state, in seconds since 1970.
 *
 * @throws NotAState
 */
export function readState(text: string): LockState {
  const value = parse(text)
  if (!isObject(value)) throw new NotAState('It is no object')
  // What the server's json_agg() makes of no rows at all is null.
  const locks = value['locks'] === null ? [] : value['locks']
  const activity = value['activity'] ?? []
  if (!Array.isArray(locks)) throw new NotAState('It has no list “locks”')
  if (!Array.isArray(activity)) throw new NotAState('Its “activity” is no list')
  return {
    ...withoutAbsent({ atMs: readMoment(pick(value, ['t', 'atMs', 'at', 'now'])) }),
    locks: locks.map((row: unknown, at) => readLock(row, at + 1)),
    activity: activity.flatMap((row: unknown) => readProcess(row)),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new NotAState('It is no JSON')
  }
}

function readLock(row: unknown, at: number): LockRow {
  if (!isObject(row)) throw new NotAState(`Lock ${at} is no object`)
  const lockType = readText(pick(row, ['locktype', 'type', 'lockType']))
  const mode = readText(row['mode'])
  const granted = readFlag(row['granted'])
  if (lockType === undefined) throw new NotAState(`Lock ${at} has no type`)
  if (mode === undefined || !knownModes.has(mode)) throw new NotAState(`Lock ${at} has no mode that is known`)
  if (granted === undefined) throw new NotAState(`Lock ${at} does not say whether it is granted`)
  const pid = readWhole(row['pid'])
  if (!granted && (pid ?? 0) === 0) throw new NotAState(`Lock ${at} is awaited by no process`)
  return {
    lockType,
    mode: mode as LockMode,
    granted,
    ...withoutAbsent({
      pid: pid === 0 ? undefined : pid,
      ...readRelation(row),
      database: readWhole(row['database']),
      page: readWhole(row['page']),
      tuple: readWhole(row['tuple']),
      virtualXid: readText(pick(row, ['virtualxid', 'vxid', 'virtualXid'])),
      transactionId: readWhole(pick(row, ['transactionid', 'xid', 'transactionId'])),
      classId: readWhole(pick(row, ['classid', 'classId'])),
      objId: readWhole(pick(row, ['objid', 'objId'])),
      objSubId: readWhole(pick(row, ['objsubid', 'objSubId'])),
      virtualTransaction: readText(pick(row, ['virtualtransaction', 'vt', 'virtualTransaction'])),
      fastPath: readFlag(pick(row, ['fastpath', 'fastPath'])),
      waitStartedAtMs: readMoment(pick(row, ['waitstart', 'waitStart', 'waitStartedAtMs'])),
    }),
  }
}

/** `relation` is an OID in `pg_locks`, and a name where somebody has cast it to `regclass`. */
function readRelation(row: JsonObject): { relationOid: number | undefined; relation: string | undefined } {
  const either = pick(row, ['relation', 'rel', 'relationOid'])
  const oid = readWhole(either)
  const name = oid === undefined ? readText(either) : readText(pick(row, ['relname', 'rel', 'relationName']))
  return { relationOid: oid, relation: name === String(oid) ? undefined : name }
}

/** What has no pid is left out: nothing can be said about it. */
function readProcess(row: unknown): readonly LockActivity[] {
  if (!isObject(row)) throw new NotAState('An entry of “activity” is no object')
  const pid = readWhole(row['pid'])
  if (pid === undefined) return []
  return [
    {
      pid,
      ...withoutAbsent({
        leaderPid: readWhole(pick(row, ['leader_pid', 'leader', 'leaderPid'])),
        state: readText(row['state']),
        backendType: readText(pick(row, ['backend_type', 'backendType'])),
        application: readText(pick(row, ['application_name', 'app', 'application'])),
        database: readText(pick(row, ['datname', 'database'])),
        user: readText(pick(row, ['usename', 'user'])),
        statement: readText(pick(row, ['query', 'statement'])),
        statementStartedAtMs: readMoment(pick(row, ['query_start', 'statementStartedAtMs'])),
        transactionStartedAtMs: readMoment(pick(row, ['xact_start', 'transactionStartedAtMs'])),
      }),
    },
  ]
}
