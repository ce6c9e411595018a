import { preparedPid, type WaitEdge } from '#shared/locks/index.ts'
import type { StartKeeping } from './keeper.ts'

/** Prepared transactions have no process, and so no number. */
const preparedNo = 0

interface KnownWait {
  readonly number: number
  readonly backendNo: number
  readonly edge: WaitEdge
  readonly startedAtMs: number | undefined
}

/**
 * One row a look, and the rest only where it has changed: waiting is mostly standing still. A state is what all looks of
 * an unbroken stretch have seen; its waits and holds are told once each, for as long as they last.
 */
export const keepLocks: StartKeeping<'locks'> = ({ outgoing, next, backends }) => {
  const ticks = outgoing.rows('lock_ticks', {
    sampled_at: 'number',
    period_ms: 'number',
    waiters: 'number',
    state_no: 'number',
  })
  const states = outgoing.rows('lock_states', { state_no: 'number', wait_no: 'number', hold_no: 'number' })
  const waits = outgoing.rows('lock_waits', {
    wait_no: 'number',
    backend_no: 'number',
    leader_no: 'number',
    lock_type: 'text',
    mode: 'text',
    relation: 'text',
    started_at: 'number',
    hard_nos: 'numbers',
    soft_nos: 'numbers',
  })
  const holds = outgoing.rows('lock_holds', {
    hold_no: 'number',
    backend_no: 'number',
    lock_type: 'text',
    mode: 'text',
    relation: 'text',
  })
  const numbers = { state: next.lock_states, wait: next.lock_waits, hold: next.lock_holds }
  /** Of the look before, by pid and by what is held. */
  let knownWaits = new Map<number, KnownWait>()
  let knownHolds = new Map<string, number>()
  let knownNumbers: ReadonlyMap<number, number> = new Map()
  let lastState = ''

  return ({ tick: { atMs: exactMs, periodMs, edges, held, backends: seen } }) => {
    const atMs = Math.floor(exactMs)
    const known = new Map(seen.map((sample) => [sample.pid, backends.of(sample, atMs).backendNo]))
    /** Another process by its id, or one that goes by another name now. */
    const isOther = (pid: number) => (knownNumbers.get(pid) ?? known.get(pid)) !== known.get(pid)
    const someAreOthers = [...known.keys()].some(isOther)
    const numberOf = (pid: number): number => {
      if (pid === preparedPid) return preparedNo
      const number = known.get(pid) ?? backends.lastOf(pid, atMs).backendNo
      known.set(pid, number)
      return number
    }

    function keepWait(edge: WaitEdge): KnownWait {
      const backendNo = numberOf(edge.waiterPid)
      const startedAtMs = edge.waitedMs === undefined ? undefined : Math.round(exactMs - edge.waitedMs)
      const before = knownWaits.get(edge.waiterPid)
      const isKnown =
        before?.backendNo === backendNo &&
        before.startedAtMs === startedAtMs &&
        isSame(before.edge, edge) &&
        !(someAreOthers && edge.blockerPids.some(isOther))
      if (isKnown) return before
      const { leaderPid, lockType, mode, relation, hard, soft } = edge
      const number = numbers.wait++
      waits.add(
        number,
        backendNo,
        leaderPid === undefined ? undefined : numberOf(leaderPid),
        lockType,
        mode,
        relation,
        startedAtMs,
        hard.map(numberOf),
        soft.map(numberOf),
      )
      return { number, backendNo, edge, startedAtMs }
    }

    const nowWaits = new Map(edges.map((edge) => [edge.waiterPid, keepWait(edge)]))
    const nowHolds = new Map(
      held.map(({ pid, mode, lockType, relation }) => {
        const backendNo = numberOf(pid)
        const key = [backendNo, mode, lockType, relation].join('\n')
        const number = knownHolds.get(key) ?? numbers.hold++
        if (!knownHolds.has(key)) holds.add(number, backendNo, lockType, mode, relation)
        return [key, number]
      }),
    )
    knownWaits = nowWaits
    knownHolds = nowHolds
    knownNumbers = known
    if (edges.length === 0) {
      lastState = ''
      ticks.add(atMs, Math.round(periodMs), 0, undefined)
      return
    }
    const waitNos = [...nowWaits.values()].map(({ number }) => number)
    const state = `${waitNos.join(' ')} / ${[...nowHolds.values()].join(' ')}`
    if (state !== lastState) {
      lastState = state
      numbers.state += 1
      for (const number of waitNos) states.add(numbers.state - 1, number, undefined)
      for (const number of nowHolds.values()) states.add(numbers.state - 1, undefined, number)
    }
    ticks.add(atMs, Math.round(periodMs), edges.length, numbers.state - 1)
  }
}

function isSame(a: WaitEdge, b: WaitEdge): boolean {
  return (
    a.leaderPid === b.leaderPid &&
    a.mode === b.mode &&
    a.lockType === b.lockType &&
    a.relation === b.relation &&
    isSameList(a.hard, b.hard) &&
    isSameList(a.soft, b.soft)
  )
}

function isSameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((pid, at) => pid === b[at])
}
