import { describe, expect, it } from 'vitest'
import { createLogSummary, type LogSummaryOptions } from '#shared/logs/index.ts'
import { readLog, type Said, writeStderr } from './log-notation.ts'

const prefix = '%m [%p] %q%u@%d '
const session = { user: 'app', database: 'shop' } as const

function summarise(saids: readonly Said[], options: LogSummaryOptions = {}) {
  const { entries } = readLog(saids.map((said) => writeStderr({ ...session, ...said }, prefix)).join(''))
  const summary = createLogSummary(options)
  for (const entry of entries) summary.add(entry)
  return { summary, entries }
}

const timed = (ms: number, sql: string, more: Partial<Said> = {}): Said => ({
  message: `duration: ${ms.toFixed(3)} ms  statement: ${sql}`,
  ...more,
})
const explained = (ms: number, sql: string, more: Partial<Said> = {}): Said => ({
  message: `duration: ${ms.toFixed(3)} ms  plan:\nQuery Text: ${sql}\nResult  (cost=0.00..0.01 rows=1 width=4)`,
  ...more,
})

describe('the summary of a log', () => {
  it('groups statements by their shape, dearest first', () => {
    const { summary } = summarise([
      timed(10, 'select * from a where id = 1', { time: '2026-11-20 10:00:00.000 UTC' }),
      timed(30, 'select * from a where id = 2', { user: 'other', time: '2026-11-20 11:00:00.000 UTC' }),
      timed(25, 'select 1'),
    ])
    expect(summary.groups()).toMatchObject([
      {
        text: 'select * from a where id = ?',
        example: 'select * from a where id = 2',
        calls: 2,
        totalMs: 40,
        meanMs: 20,
        minMs: 10,
        maxMs: 30,
        databases: ['shop'],
        users: ['app', 'other'],
        firstMs: Date.UTC(2026, 10, 20, 10),
        lastMs: Date.UTC(2026, 10, 20, 11),
        missedMs: 0,
      },
      { text: 'select ?', calls: 1, totalMs: 25 },
    ])
    expect(summary.events()).toEqual({ duration: 3 })
    expect([summary.fromMs(), summary.toMs()]).toEqual([
      Date.UTC(2026, 10, 20, 10),
      Date.UTC(2026, 10, 20, 17, 8, 9, 141),
    ])
  })

  it('tells the percentile to a twentieth', () => {
    const { summary } = summarise(Array.from({ length: 100 }, (_, at) => timed(at + 1, 'select 1')))
    const p95Ms = summary.groups()[0]?.p95Ms ?? 0
    expect(p95Ms).toBeGreaterThan(95 * 0.95)
    expect(p95Ms).toBeLessThan(95 * 1.05)
  })

  it('remembers where the slowest plans stand', () => {
    const { summary, entries } = summarise(
      [1, 5, 3, 9, 2].map((ms) => explained(ms, `select ${ms}`)),
      { plansPerGroup: 2 },
    )
    const [group] = summary.groups()
    expect(group).toMatchObject({ calls: 5, planCount: 5 })
    expect(group?.plans.map(({ durationMs }) => durationMs)).toEqual([9, 5])
    expect(group?.plans[0]?.offset).toBe(entries[3]?.offset)
    expect(group?.plans[0]?.planFormat).toBe('text')
  })

  it('counts an execution once whose plan and time were both logged', () => {
    const { summary } = summarise([
      explained(9, 'select 1', { pid: 1 }),
      explained(4, 'select 2', { pid: 2 }),
      timed(9.2, 'select 1', { pid: 1 }),
      timed(100, 'select 3', { pid: 1 }),
    ])
    expect(summary.groups()).toMatchObject([{ calls: 3, totalMs: 113 }])
  })

  it('adds the time of parse and bind to the statement, not to its calls', () => {
    const { summary } = summarise([
      { message: 'duration: 1.000 ms  parse S_1: select $1' },
      { message: 'duration: 2.000 ms  bind S_1: select $1', detail: "parameters: $1 = '1'" },
      { message: 'duration: 5.000 ms  execute S_1: select $1', detail: "parameters: $1 = '1'" },
    ])
    expect(summary.groups()).toMatchObject([{ calls: 1, totalMs: 8, meanMs: 5, preparationMs: 3 }])
  })

  it('gives a bare time to the statement that its process said before', () => {
    const { summary } = summarise([
      { message: 'statement: select 1', pid: 1 },
      { message: 'statement: select * from a', pid: 2 },
      { message: 'duration: 7.000 ms', pid: 1 },
      { message: 'duration: 8.000 ms', pid: 3 },
    ])
    expect(summary.groups()).toMatchObject([{ text: 'select ?', calls: 1, totalMs: 7 }])
    expect(summary.warnings()).toEqual([expect.stringContaining('1 duration was logged without a statement')])
  })

  it('keeps the dearest shapes when there is no room for all, and says so', () => {
    const saids = [
      timed(1_000, 'select dear from a'),
      ...Array.from({ length: 50 }, (_, at) => timed(1, `select c${at} from t`)),
      timed(1_000, 'select dear from a'),
    ]
    const { summary } = summarise(saids, { maxGroups: 5 })
    const groups = summary.groups()
    expect(groups).toHaveLength(5)
    expect(groups[0]).toMatchObject({ text: 'select dear from a', calls: 2, totalMs: 2_000, missedMs: 0 })
    expect(summary.others()).toMatchObject({ groups: 46, calls: 46 })
    expect(groups.reduce((sum, { calls }) => sum + calls, summary.others().calls)).toBe(52)
    expect(summary.warnings()).toEqual([expect.stringContaining('folded into “other”')])
  })

  it('tells deadlocks by the statements in them, wherever they stood', () => {
    const deadlock = (pid: number, id: number): Said => ({
      severity: 'ERROR',
      pid,
      message: 'deadlock detected',
      detail: [
        `Process ${pid} waits for ShareLock on transaction 754; blocked by process 780.`,
        `Process 780 waits for ShareLock on transaction 755; blocked by process ${pid}.`,
        `Process ${pid}: update acc`,
        `set v = ${id}`,
        `Process 780: delete from acc where id = ${id}`,
      ].join('\n'),
      statement: `update acc\nset v = ${id}`,
    })
    const untold: Said = { severity: 'ERROR', pid: 9, message: 'deadlock detected', statement: 'select 1' }
    const { summary } = summarise([deadlock(786, 1), untold, deadlock(787, 2)])
    expect(summary.deadlocks()).toMatchObject([
      {
        texts: ['delete from acc where id = ?', 'update acc set v = ?'],
        count: 2,
        parties: [
          { pid: 787, statement: 'update acc\nset v = 2' },
          { pid: 780, statement: 'delete from acc where id = 2' },
        ],
      },
      { texts: ['select ?'], count: 1, parties: [{ pid: 9, statement: 'select 1' }] },
    ])
  })

  it('counts what else happened', () => {
    const { summary } = summarise([
      { severity: 'ERROR', message: 'deadlock detected' },
      { severity: 'ERROR', message: 'no' },
      { message: 'temporary file: path "base/x", size 12' },
      { message: 'checkpoint complete: wrote 1 buffers' },
      { message: 'automatic vacuum of table "a": index scans: 0' },
      { message: 'process 12 still waiting for ShareLock on transaction 3 after 1000.1 ms' },
      { message: 'connection received: host=[local]' },
    ])
    expect(summary.events()).toEqual({
      deadlock: 1,
      error: 1,
      tempFile: 1,
      checkpoint: 1,
      autovacuum: 1,
      lockWait: 1,
      connection: 1,
    })
    expect(summary.severities()).toEqual({ ERROR: 2, LOG: 5 })
  })
})
