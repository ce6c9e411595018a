import { describe, expect, it } from 'vitest'
import { createEventLog } from '#main/store/event-log.ts'
import { summaryOf } from '#main/store/run-parts.ts'
import type { SessionEvent, SessionInfo } from '#shared/session/index.ts'
import { bareRun } from '#tests/support/sample-run.ts'

const session: SessionInfo = {
  sessionId: 's',
  path: '/s.barograph',
  name: 's',
  formatVersion: 1,
  createdAtMs: 0,
  runs: 0,
  fileBytes: 0,
  readOnly: false,
}
const opened: SessionEvent = { kind: 'session-opened', session }
const changed = (runId: string, statement = 'select 1'): SessionEvent => ({
  kind: 'run-changed',
  run: summaryOf(bareRun({ runId, statement })),
})
const idsOf = (events: readonly SessionEvent[]) =>
  events.map((event) => (event.kind === 'run-changed' ? event.run.runId : event.kind))

function openLog(limits?: { events: number; statementChars: number }) {
  const log = limits === undefined ? createEventLog() : createEventLog(limits)
  log.add(opened)
  return log
}

describe('the event log of a session', () => {
  it('tells a newcomer to read the list of runs, since those in the file were never told', async () => {
    expect(await openLog().tail(0, 0)).toMatchObject({ restart: true, events: [opened] })
  })

  it('tells what is new since the cursor, once', async () => {
    const log = openLog()
    const { cursor } = await log.tail(0, 0)
    log.add(changed('a'))
    log.add(changed('b'))
    const news = await log.tail(cursor, 0)
    expect(news.restart).toBe(false)
    expect(idsOf(news.events)).toEqual(['a', 'b'])
    expect(await log.tail(news.cursor, 0)).toEqual({ cursor: news.cursor, events: [], restart: false })
  })

  it('keeps only the last state of a run, so that a slow reader has no backlog', async () => {
    const log = openLog()
    const { cursor } = await log.tail(0, 0)
    log.add(changed('a', 'first'))
    log.add(changed('b'))
    log.add(changed('a', 'last'))
    expect((await log.tail(cursor, 0)).events).toEqual([changed('b'), changed('a', 'last')])
    log.add({ kind: 'run-removed', runId: 'a' })
    expect(idsOf((await log.tail(cursor, 0)).events)).toEqual(['b', 'run-removed'])
  })

  it('wakes those who wait, all of them', async () => {
    const log = openLog()
    const { cursor } = await log.tail(0, 0)
    const waiting = [log.tail(cursor, 60_000), log.tail(cursor, 60_000)]
    log.add(changed('a'))
    for (const { events } of await Promise.all(waiting)) expect(idsOf(events)).toEqual(['a'])
  })

  it('lets go of a reader who gives up', async () => {
    const log = openLog()
    const { cursor } = await log.tail(0, 0)
    const givingUp = new AbortController()
    const waiting = log.tail(cursor, 60_000, givingUp.signal)
    givingUp.abort()
    expect(await waiting).toMatchObject({ cursor, events: [] })
  })

  it('sends a reader back to the start who is too late, or comes from another life of the workbench', async () => {
    const log = openLog({ events: 3, statementChars: 1_000 })
    const { cursor } = await log.tail(0, 0)
    for (const runId of ['a', 'b', 'c', 'd']) log.add(changed(runId))
    const late = await log.tail(cursor, 0)
    expect(late.restart).toBe(true)
    expect(idsOf(late.events)).toEqual(['b', 'c', 'd'])
    expect((await log.tail(late.cursor - 1, 0)).restart).toBe(false)
    expect(await log.tail(late.cursor + 1_000, 60_000)).toMatchObject({ cursor: late.cursor, restart: true })
  })

  it('holds a bounded amount of statements, but always the newest', async () => {
    const log = openLog({ events: 100, statementChars: 1_000 })
    const { cursor } = await log.tail(0, 0)
    log.add(changed('a', 'x'.repeat(600)))
    log.add(changed('b', 'x'.repeat(600)))
    expect(idsOf((await log.tail(cursor, 0)).events)).toEqual(['b'])
    log.add(changed('c', 'x'.repeat(5_000)))
    expect(idsOf((await log.tail(cursor, 0)).events)).toEqual(['c'])
  })

  it('forgets the runs of the session before when another is opened', async () => {
    const log = openLog()
    const { cursor } = await log.tail(0, 0)
    log.add(changed('a'))
    log.add(opened)
    const news = await log.tail(cursor, 0)
    expect(news).toMatchObject({ restart: true, events: [opened] })
    expect(await log.tail(news.cursor - 1, 0)).toMatchObject({ restart: false, events: [opened] })
  })
})
