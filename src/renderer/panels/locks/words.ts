import type { HeldLock, WaitEdge } from '#shared/locks/index.ts'
import { condenseStatement } from '#shared/statements/index.ts'
import { type EpochMs, formatDuration } from '#shared/units/index.ts'
import { isPrepared, type LockPicture, type LockProcess } from './picture.ts'

/** `AccessExclusive`: all of them end in Lock. */
export const shortMode = (mode: string): string => mode.replace(/Lock$/, '')

/** `relation orders`, `row of orders`, `transaction`. */
export function describeObject({ lockType, relation }: Pick<HeldLock, 'lockType' | 'relation'>): string {
  const words: Readonly<Record<string, string>> = {
    relation: relation ?? 'a relation',
    transactionid: relation === undefined ? 'a transaction' : `a row of ${relation}`,
    tuple: `a row of ${relation ?? 'a relation'}`,
    virtualxid: 'a whole transaction',
    extend: `room in ${relation ?? 'a relation'}`,
    page: `a page of ${relation ?? 'a relation'}`,
    advisory: 'an advisory lock',
    userlock: 'an advisory lock',
  }
  return words[lockType] ?? lockType
}

export const describeWait = (wait: WaitEdge): string => `${shortMode(wait.mode)} on ${describeObject(wait)}`

/** A transaction’s own lock says nothing beside who it is. */
export function describeHeld(held: readonly HeldLock[]): string {
  return held
    .map((lock) =>
      lock.lockType === 'transactionid'
        ? 'its transaction’s changes'
        : `${shortMode(lock.mode)} on ${describeObject(lock)}`,
    )
    .join(', ')
}

export function nameProcess(process: LockProcess): string {
  if (isPrepared(process)) return 'Prepared transactions'
  const { application, user, backendType } = process.backend ?? {}
  const who = application ?? user ?? backendType
  return who === undefined ? String(process.pid) : `${process.pid} ${who}`
}

export function longestWaitMs({ waits }: Pick<LockProcess, 'waits'>): number | undefined {
  const known = waits.flatMap(({ waitedMs }) => waitedMs ?? [])
  return known.length === 0 ? undefined : Math.max(...known)
}

export const statementHead = (process: LockProcess): string =>
  condenseStatement(process.backend?.statement ?? '')

export function transactionAge({ backend }: LockProcess, atMs: EpochMs): string | undefined {
  const since = backend?.transactionStartedAtMs
  return since === undefined ? undefined : formatDuration(Math.max(0, Math.round(atMs - since)))
}

/** In full, where a node has no room for it. */
export function sayProcess(process: LockProcess): string {
  const wait = process.waits[0]
  const parts = [
    nameProcess(process),
    process.backend?.state,
    process.isInCycle ? 'in a deadlock' : undefined,
    wait === undefined ? undefined : `waits for ${describeWait(wait)}`,
    process.blocks === 0 ? undefined : `${process.blocks} ${process.blocks === 1 ? 'waits' : 'wait'} for it`,
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}

/** In one line: `5 processes wait, the longest for 12 s · 4711 checkout is at the root`. */
export function summarise(picture: LockPicture): string {
  if (picture.waiters === 0) return 'Nobody waits for a lock'
  const longest = Math.max(-1, ...picture.processes.map((process) => longestWaitMs(process) ?? -1))
  const longestOf = picture.waiters === 1 ? '' : ', the longest'
  const since = longest < 0 ? '' : `${longestOf} for ${formatDuration(Math.round(longest))}`
  const roots = picture.processes.filter(({ isRoot }) => isRoot)
  const [only] = roots
  const behind =
    roots.length === 0 || only === undefined
      ? []
      : [roots.length === 1 ? `${nameProcess(only)} is at the root` : `${roots.length} are at the root`]
  const circles = picture.cycles.map(
    ({ pids, hard }) => `${hard ? 'Deadlock' : 'Circle in the queue'} of ${pids.join(', ')}`,
  )
  return [
    `${picture.waiters} ${picture.waiters === 1 ? 'process waits' : 'processes wait'}${since}`,
    ...behind,
    ...circles,
  ].join(' · ')
}
