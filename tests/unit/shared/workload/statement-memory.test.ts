import { array, assert, boolean, constantFrom, nat, oneof, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createStatementMemory,
  type ReadingGrowth,
  type StatementEntry,
  type StatementFigures,
  statementFigureNames,
} from '#shared/workload/index.ts'
import { sampleFigures } from '#tests/support/sample-statements.ts'

const none = sampleFigures()

const entry = (id: string, counters: Partial<StatementFigures>, since?: string): StatementEntry => ({
  id,
  counters: { ...none, ...counters },
  ...(since === undefined ? {} : { since }),
})

const whole = (...entries: readonly StatementEntry[]) => ({ entries, isWhole: true })
const changed = (...entries: readonly StatementEntry[]) => ({ entries, isWhole: false })

const callsOf = ({ grown }: ReadingGrowth) =>
  Object.fromEntries(grown.map(({ id, figures }) => [id, figures.calls]))

describe('what a statement grew by', () => {
  it('is not told of the first reading, whose counters are of times before', () => {
    const memory = createStatementMemory()
    expect(memory.take(whole(entry('a', { calls: 1_000_000 })))).toEqual({ grown: [], restarted: 0 })
  })

  it('is the difference to the last reading, figure by figure', () => {
    const memory = createStatementMemory()
    memory.take(whole(entry('a', { calls: 10, rows: 100, executionMs: 5, plans: 2 })))
    const { grown } = memory.take(changed(entry('a', { calls: 13, rows: 100, executionMs: 6.5, plans: 2 })))
    expect(grown).toEqual([{ id: 'a', figures: { ...none, calls: 3, executionMs: 1.5, plans: 0 } }])
  })

  it('is everything that an entry shows which was not there before', () => {
    const memory = createStatementMemory()
    memory.take(whole(entry('a', { calls: 10 })))
    expect(callsOf(memory.take(changed(entry('b', { calls: 2 }))))).toEqual({ b: 2 })
  })

  it('leaves out what did not grow', () => {
    const memory = createStatementMemory()
    memory.take(whole(entry('a', { calls: 10 }), entry('b', { calls: 1 })))
    expect(memory.take(whole(entry('a', { calls: 10 }), entry('b', { calls: 2 }))).grown).toHaveLength(1)
  })

  it('is what has come since a reset, where a counter fell', () => {
    const memory = createStatementMemory()
    memory.take(whole(entry('a', { calls: 10, executionMs: 50 })))
    const growth = memory.take(changed(entry('a', { calls: 12, executionMs: 1 })))
    expect(growth.grown[0]?.figures).toMatchObject({ calls: 12, executionMs: 1 })
    expect(growth.restarted).toBe(1)
  })

  it('is what has come since a reset, where the entry says that it is another one', () => {
    const memory = createStatementMemory()
    memory.take(whole(entry('a', { calls: 10 }, '2026-01-01')))
    const growth = memory.take(changed(entry('a', { calls: 12 }, '2026-01-02')))
    expect(callsOf(growth)).toEqual({ a: 12 })
    expect(growth.restarted).toBe(1)
  })

  it('is everything of an entry that was evicted and came back', () => {
    const memory = createStatementMemory()
    memory.take(whole(entry('a', { calls: 10 }), entry('b', { calls: 1 })))
    memory.take(whole(entry('b', { calls: 1 })))
    expect(callsOf(memory.take(changed(entry('a', { calls: 11 }))))).toEqual({ a: 11 })
  })

  it('is not told of entries that a granted right brought to light', () => {
    const memory = createStatementMemory()
    memory.take(whole(entry('mine', { calls: 1 })))
    const lit = memory.take({
      ...whole(entry('mine', { calls: 2 }), entry('theirs', { calls: 9_999 })),
      mayShowOld: true,
    })
    expect(callsOf(lit)).toEqual({ mine: 1 })
    expect(callsOf(memory.take(changed(entry('theirs', { calls: 10_000 }))))).toEqual({ theirs: 1 })
  })

  it('takes a sum of squares that fell by a rounding for what it is', () => {
    const memory = createStatementMemory()
    memory.take(whole(entry('a', { calls: 10, executionSquares: 100 })))
    const growth = memory.take(changed(entry('a', { calls: 11, executionSquares: 99.999_999 })))
    expect(growth).toMatchObject({ grown: [{ figures: { calls: 1, executionSquares: 0 } }], restarted: 0 })
  })
})

/** What happens to a server between readings. */
type Happening =
  | { readonly what: 'call'; readonly id: string; readonly ms: number }
  | { readonly what: 'evict'; readonly id: string }
  | { readonly what: 'reset' }
  | { readonly what: 'look'; readonly isWhole: boolean }

const ids = ['a', 'b', 'c', 'd'] as const
const happening = oneof(
  {
    weight: 10,
    arbitrary: record({ what: constantFrom('call' as const), id: constantFrom(...ids), ms: nat(50) }),
  },
  { weight: 1, arbitrary: record({ what: constantFrom('evict' as const), id: constantFrom(...ids) }) },
  { weight: 1, arbitrary: record({ what: constantFrom('reset' as const) }) },
  { weight: 4, arbitrary: record({ what: constantFrom('look' as const), isWhole: boolean() }) },
)

/** A server's entries as `pg_stat_statements` keeps them, and everything that was ever called. */
function playServer(happenings: readonly Happening[], tellsSince: boolean) {
  const entries = new Map<string, { calls: number; executionMs: number; since: string }>()
  const memory = createStatementMemory()
  const told = { calls: 0, executionMs: 0 }
  const called = { calls: 0, executionMs: 0 }
  /** Calls that no reading can know of: made before the first look, or of an entry that went before it was read again. */
  const lost = { calls: 0, executionMs: 0 }
  const unread = new Map<string, { calls: number; executionMs: number }>()
  let births = 0
  let isWatched = false

  function lose(id: string): void {
    lost.calls += unread.get(id)?.calls ?? 0
    lost.executionMs += unread.get(id)?.executionMs ?? 0
    unread.delete(id)
    entries.delete(id)
  }

  function look(isWhole: boolean): void {
    const shown = [...entries].filter(([id]) => isWhole || unread.has(id))
    const reading = shown.map(([id, { calls, executionMs, since }]) =>
      entry(id, { calls, executionMs }, tellsSince ? since : undefined),
    )
    const { grown } = memory.take({ entries: reading, isWhole: isWhole || !isWatched })
    for (const { figures } of grown) {
      for (const name of statementFigureNames) expect(figures[name] ?? 0).toBeGreaterThanOrEqual(0)
      told.calls += figures.calls
      told.executionMs += figures.executionMs
    }
    if (!isWatched)
      for (const { calls, executionMs } of unread.values()) {
        lost.calls += calls
        lost.executionMs += executionMs
      }
    unread.clear()
    isWatched = true
  }

  for (const event of happenings) {
    if (event.what === 'look') look(event.isWhole)
    else if (event.what === 'evict') lose(event.id)
    else if (event.what === 'reset') for (const id of ids) lose(id)
    else {
      const before = entries.get(event.id) ?? { calls: 0, executionMs: 0, since: String((births += 1)) }
      entries.set(event.id, {
        ...before,
        calls: before.calls + 1,
        executionMs: before.executionMs + event.ms,
      })
      const sinceLook = unread.get(event.id) ?? { calls: 0, executionMs: 0 }
      unread.set(event.id, { calls: sinceLook.calls + 1, executionMs: sinceLook.executionMs + event.ms })
      called.calls += 1
      called.executionMs += event.ms
    }
  }
  look(true)
  return { told, called, lost }
}

describe('over any history of calls, evictions and resets', () => {
  it('everything is told but what was lost before it could be read, where entries say since when they are', () => {
    assert(
      property(array(happening, { maxLength: 80 }), (happenings) => {
        const { told, called, lost } = playServer(happenings, true)
        expect(told).toEqual({
          calls: called.calls - lost.calls,
          executionMs: called.executionMs - lost.executionMs,
        })
      }),
    )
  })

  it('never more is told than was called, and never less than nothing, where they don’t', () => {
    assert(
      property(array(happening, { maxLength: 80 }), (happenings) => {
        const { told, called, lost } = playServer(happenings, false)
        expect(told.calls).toBeLessThanOrEqual(called.calls - lost.calls)
        expect(told.executionMs).toBeLessThanOrEqual(called.executionMs - lost.executionMs)
      }),
    )
  })
})
