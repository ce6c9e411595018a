import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildEdgeReports } from '#main/hosts/cli/locks/edge-json.ts'
import { readState } from '#main/hosts/cli/locks/read-state.ts'
import { buildWaitForGraph, type LockState } from '#shared/locks/index.ts'
import { corporaFolder } from '#tests/support/plan-corpora.ts'

const file = new URL('locks/states.jsonl', corporaFolder)

interface CorpusState {
  readonly state: LockState
  /** What `pg_blocking_pids()` said: `waiter ← blocker` by application, or by pid where the sampler knew none. */
  readonly expected: ReadonlySet<string>
}

function readCorpus(): readonly CorpusState[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { edges } = JSON.parse(line) as {
        readonly edges: readonly { readonly waiter: string; readonly blockers: readonly unknown[] }[]
      }
      const expected = edges.flatMap(({ waiter, blockers }) =>
        blockers.map((blocker) => `${waiter} ← ${String(blocker)}`),
      )
      return { state: readState(line), expected: new Set(expected) }
    })
}

function foundEdges(state: LockState): ReadonlySet<string> {
  const names = new Map(state.activity.map(({ pid, application }) => [pid, application ?? String(pid)]))
  const name = (pid: number) => names.get(pid) ?? String(pid)
  return new Set(
    buildEdgeReports(buildWaitForGraph(state), state.activity).flatMap(({ waiterPid, blockerPids }) =>
      blockerPids.map((pid) => `${name(waiterPid)} ← ${name(pid)}`),
    ),
  )
}

describe.skipIf(!existsSync(file))('the states of PostgreSQL’s isolation tests', () => {
  it('are told as pg_blocking_pids() told them, unless it named somebody of whom there is no row', () => {
    const states = readCorpus()
    const differing = states.filter(
      ({ state, expected }) => foundEdges(state).symmetricDifference(expected).size > 0,
    )
    expect(states.length).toBeGreaterThan(300)
    const unexplained = differing.filter(({ state, expected }) => {
      const known = new Set(state.locks.map(({ pid }) => String(pid)))
      return ![...expected].some((edge) => {
        const blocker = edge.split(' ← ')[1] ?? ''
        return /^\d+$/.test(blocker) && !known.has(blocker)
      })
    })
    expect(unexplained).toEqual([])
    expect(differing.length / states.length).toBeLessThan(0.03)
  })
})
