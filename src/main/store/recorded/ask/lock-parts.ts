import type { BackendIdentity } from '#shared/activity/index.ts'
import { type HeldLock, type LockMode, lockModes, preparedPid, type WaitEdge } from '#shared/locks/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Database } from '../../database.ts'
import { present, type RowReader, readRow } from '../../row-reader.ts'

/** Prepared transactions have no process. */
export const preparedNo = 0

/** A wait as it stands in the file: processes by their numbers there, and when it began instead of how long ago. */
export interface RecordedWait {
  readonly waitNo: number
  readonly edge: Omit<WaitEdge, 'waitedMs'>
  readonly startedAtMs?: EpochMs
}

/** Waits by number, with processes by theirs: `pid` means `backend_no` here. @param where a condition on `lock_waits` */
export async function readWaits(database: Database, where: string): Promise<readonly RecordedWait[]> {
  const rows = await database.rows(
    `SELECT wait_no, backend_no, leader_no, lock_type, mode, relation, epoch_us(started_at)::DOUBLE / 1000 AS started_at,
       array_to_string(hard_nos, ' ') AS hard, array_to_string(soft_nos, ' ') AS soft
     FROM lock_waits WHERE ${where} ORDER BY wait_no`,
  )
  return rows.map(readRow).map((row) => {
    const hard = readNumbers(row.text('hard'))
    const soft = readNumbers(row.text('soft'))
    return {
      waitNo: row.number('wait_no'),
      edge: {
        waiterPid: row.number('backend_no'),
        ...present({ leaderPid: row.optionalNumber('leader_no') }),
        blockerPids: [...hard, ...soft],
        hard,
        soft,
        ...readLock(row),
      },
      ...present({ startedAtMs: row.optionalNumber('started_at') }),
    }
  })
}

/** What is held in a state. `pid` means `backend_no` here. */
export async function readHolds(database: Database, stateNo: number): Promise<readonly HeldLock[]> {
  const rows = await database.rows(
    `SELECT backend_no, lock_type, mode, relation FROM lock_holds
     WHERE hold_no IN (SELECT hold_no FROM lock_states WHERE state_no = ${stateNo}) ORDER BY hold_no`,
  )
  return rows.map(readRow).map((row) => ({ pid: row.number('backend_no'), ...readLock(row) }))
}

function readLock(row: RowReader): Pick<HeldLock, 'mode' | 'lockType' | 'relation'> {
  return {
    mode: row.oneOf<LockMode>('mode', lockModes),
    lockType: row.text('lock_type'),
    ...present({ relation: row.optionalText('relation') }),
  }
}

const readNumbers = (text: string): readonly number[] =>
  text === '' ? [] : text.split(' ').map(Number).filter(Number.isSafeInteger)

/** Who stands behind numbers of processes. */
export async function readIdentities(
  database: Database,
  numbers: Iterable<number>,
): Promise<ReadonlyMap<number, BackendIdentity>> {
  const list = [...new Set(numbers)].filter((number) => number !== preparedNo)
  if (list.length === 0) return new Map()
  const rows = await database.rows(
    `SELECT backend_no, pid, epoch_us(started_at)::DOUBLE / 1000 AS started_at, backend_type, leader_pid, database_name,
       user_name, application, client
     FROM backends JOIN origins USING (origin_no) WHERE backend_no IN (${list.join(', ')})`,
  )
  return new Map(
    rows.map(readRow).map((row) => [
      row.number('backend_no'),
      {
        pid: row.number('pid'),
        startedAtMs: row.number('started_at'),
        backendType: row.text('backend_type'),
        ...present({
          leaderPid: row.optionalNumber('leader_pid'),
          database: row.optionalText('database_name'),
          user: row.optionalText('user_name'),
          application: row.optionalText('application'),
          client: row.optionalText('client'),
        }),
      },
    ]),
  )
}

/** The process id behind a number; what a damaged file names without saying who it is is nobody. */
export function pidOf(identities: ReadonlyMap<number, BackendIdentity>, number: number): number | undefined {
  return number === preparedNo ? preparedPid : identities.get(number)?.pid
}
