import { expect, vi } from 'vitest'
import { readState } from '#main/hosts/cli/locks/read-state.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import {
  buildWaitForGraph,
  followWaits,
  type LockGraph,
  type LockState,
  listBlockedProcesses,
} from '#shared/locks/index.ts'
import type { TestServer } from './servers.ts'

/** Rows as the server has them, and what it says of them itself. Seen at rest, all of it is of one moment. */
const sampleSql = `
  select
    json_build_object(
      't', extract(epoch from clock_timestamp()),
      'locks', (select json_agg(l) from pg_locks l where pid is distinct from pg_backend_pid()),
      'activity', (select json_agg(a) from pg_stat_activity a where pid <> pg_backend_pid())),
    (select coalesce(json_object_agg(pid, blockers), '{}')
     from (select pid, pg_blocking_pids(pid) as blockers from pg_stat_activity) s
     where cardinality(blockers) > 0)`

export type SessionState = 'done' | 'failed' | 'waiting'

export interface LockBench {
  pid(name: string): number
  /** Statements of a session of this name, one after the other, each to its end. */
  run(name: string, ...statements: readonly string[]): Promise<void>
  /** Sends a statement that has to wait for a lock, and comes back when it does. */
  wait(name: string, statement: string): Promise<void>
  /** Sends a statement and comes back when everybody is at rest: what has become of it. */
  send(name: string, statement: string): Promise<SessionState>
  /** Cancels what a session waits with, and comes back when everybody is at rest. */
  cancel(name: string): Promise<void>
  stateOf(name: string): SessionState
  /**
   * The graph of this moment, after it was found to be what `pg_blocking_pids()` says: with the beginnings of waits, and
   * without them but after all states that were seen before; that leaves open who came first of two that were set free
   * and came to wait anew between two states, so it can be left out.
   */
  check(options?: { readonly timedOnly?: boolean }): Promise<LockGraph>
  /** The same, with the names of sessions: `b ← a`, ordered. */
  checkNamed(): Promise<readonly string[]>
  state(): LockState
  /** Ends all sessions. */
  close(): Promise<void>
}

export async function openLockBench(server: TestServer): Promise<LockBench> {
  const clients = new Map<string, ServerClient>()
  const states = new Map<string, SessionState>()
  const watcher = await open('watcher')
  let latest: LockState = { locks: [], activity: [] }
  let untimed: LockState | undefined

  function open(applicationName: string): Promise<ServerClient> {
    const { host, port, user, database } = server
    return openServerClient({ host, port, user, database }, { applicationName })
  }

  async function clientOf(name: string): Promise<ServerClient> {
    const client = clients.get(name) ?? (await open(name))
    clients.set(name, client)
    return client
  }

  function pid(name: string): number {
    return clients.get(name)?.backendPid ?? Number.NaN
  }

  async function sample() {
    const { rows } = await watcher.query(sampleSql)
    const [state, blockers] = rows[0] ?? []
    latest = followWaits(latest, readState(state ?? ''))
    untimed = followWaits(untimed, withoutTimes(latest))
    const expected = Object.entries(JSON.parse(blockers ?? '{}') as Record<string, readonly number[]>)
    return expected.map(([waiter, pids]) => [Number(waiter), ascending(pids)] as const)
  }

  async function check({ timedOnly = false } = {}): Promise<LockGraph> {
    const expected = await sample()
    const graph = buildWaitForGraph(latest)
    if (server.major >= 14 || (!timedOnly && isOrderSeen(latest)))
      expect(blockersIn(graph, latest)).toEqual(expected)
    if (untimed !== undefined && !timedOnly && isOrderSeen(untimed))
      expect(blockersIn(buildWaitForGraph(untimed), latest)).toEqual(expected)
    return graph
  }

  /** Everybody has either been answered or waits, and it is known since when. */
  const isAtRest = async () => {
    const { rows } = await watcher.query(
      `select a.pid from pg_stat_activity a
       where a.backend_type = 'client backend' and a.pid <> pg_backend_pid() and a.state = 'active'
         and not exists (
           select from pg_locks l join pg_stat_activity w on w.pid = l.pid
           where a.pid in (w.pid, w.leader_pid) and not l.granted
             -- Version 13 has no such column.
             and to_jsonb(l) -> 'waitstart' is distinct from 'null')`,
    )
    return rows.length === 0
  }

  async function rest(): Promise<void> {
    await expect.poll(isAtRest, { timeout: 20_000, interval: 5 }).toBe(true)
    // Answers that the server has sent are on their way.
    for (const [name, client] of clients)
      if (states.get(name) === 'waiting') {
        const sql = `select 1 from pg_stat_activity where pid = ${client.backendPid} and state = 'active'`
        await expect
          .poll(async () => states.get(name) !== 'waiting' || (await watcher.query(sql)).rows.length > 0, {
            timeout: 20_000,
            interval: 5,
          })
          .toBe(true)
      }
    await sample()
  }

  async function send(name: string, statement: string): Promise<SessionState> {
    const client = await clientOf(name)
    states.set(name, 'waiting')
    const answered = client.query(statement).then(
      () => states.set(name, 'done'),
      () => states.set(name, 'failed'),
    )
    await Promise.race([answered, rest()])
    await rest()
    return states.get(name) ?? 'failed'
  }

  return {
    pid,
    run: async (name, ...statements) => {
      const client = await clientOf(name)
      for (const statement of statements) await client.query(statement)
    },
    wait: async (name, statement) => {
      expect(await send(name, statement)).toBe('waiting')
    },
    send,
    cancel: async (name) => {
      await clients.get(name)?.cancel()
      await expect.poll(() => states.get(name), { timeout: 20_000, interval: 5 }).not.toBe('waiting')
      await rest()
    },
    stateOf: (name) => states.get(name) ?? 'done',
    check,
    checkNamed: async () => {
      const names = new Map([...clients].map(([name, client]) => [client.backendPid, name]))
      const { edges } = await check()
      return edges
        .flatMap(({ waiterPid, leaderPid, blockerPids }) =>
          blockerPids.map(
            (blocker) =>
              `${names.get(leaderPid ?? waiterPid) ?? waiterPid} ← ${names.get(blocker) ?? blocker}`,
          ),
        )
        .toSorted()
    },
    state: () => latest,
    close: async () => {
      for (const client of clients.values())
        await watcher.query(`select pg_terminate_backend(${client.backendPid})`)
      await vi.waitFor(
        async () => {
          const { rows } = await watcher.query('select 1 from pg_locks where pid <> pg_backend_pid()')
          expect(rows).toEqual([])
        },
        { timeout: 20_000 },
      )
      await watcher.close()
    },
  }
}

function blockersIn(graph: LockGraph, { activity }: LockState) {
  return listBlockedProcesses(graph, activity).map(
    ({ waiterPid, blockerPids }) => [waiterPid, blockerPids] as const,
  )
}

/** As PostgreSQL 13 would tell it, without the beginnings of statements, which give the same order here. */
/** Without times (version 13 tells none) nobody knows which of two waits came first that were first seen in one state. */
function isOrderSeen({ locks }: LockState): boolean {
  const seen = locks.flatMap(({ granted, seenWaitingAtMs }) => (granted ? [] : seenWaitingAtMs))
  return new Set(seen).size === seen.length
}

function withoutTimes({ locks, activity, ...rest }: LockState): LockState {
  return {
    ...rest,
    locks: locks.map(({ waitStartedAtMs: _wait, ...row }) => row),
    activity: activity.map(
      ({ statementStartedAtMs: _statement, transactionStartedAtMs: _transaction, ...process }) => process,
    ),
  }
}

function ascending(pids: readonly number[]): readonly number[] {
  return [...new Set(pids)].toSorted((a, b) => a - b)
}
