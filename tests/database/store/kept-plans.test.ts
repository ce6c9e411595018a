import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import { maxPlanChars } from '#shared/session/index.ts'
import { failureOf, sampleRun } from '#tests/support/sample-run.ts'
import { startStoreProcess } from '#tests/support/store-process.ts'

let folder: string
let nowMs = 1_763_700_000_000
const stores: SessionStore[] = []

async function openStore(path = join(folder, 'kept.barograph')): Promise<SessionStore> {
  nowMs += 1_000
  const store = await openSessionStore({
    dataFolder: join(folder, 'data'),
    appVersion: '0.1.0',
    now: () => nowMs,
    path,
  })
  stores.push(store)
  return store
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barograph-plans-'))
})
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  await rm(folder, { recursive: true, force: true })
})

const fromLog = {
  name: 'checkout',
  source: 'log',
  text: ' Query Text: SELECT 1;\r\n\tResult  (cost=0.00..0.01 rows=1 width=4) -- naïve 日本 🎈 \0\\',
  note: 'Mondays only',
  statement: 'SELECT 1',
  durationMs: 12.5,
  nodes: 1,
  executionMs: 12.25,
} as const

describe('a kept plan', () => {
  it('is there after a restart as it was given, to the character', async () => {
    const before = await openStore()
    const kept = await before.plans.keep(fromLog)
    const { text, ...rest } = fromLog
    expect(kept).toEqual({
      ...rest,
      planId: expect.any(String) as string,
      ordinal: 1,
      addedAtMs: nowMs,
      chars: text.length,
    })
    const pasted = await before.plans.keep({ name: 'pasted', source: 'paste', text: 'Result' })
    expect(pasted).toEqual({
      planId: expect.any(String) as string,
      ordinal: 2,
      name: 'pasted',
      source: 'paste',
      addedAtMs: nowMs,
      note: '',
      chars: 6,
    })
    await before.close()
    const after = await openStore()
    expect(await after.plans.list()).toEqual([kept, pasted])
    expect(await after.plans.open(kept.planId)).toEqual({ ...kept, text })
  })

  it('loses the mark at the beginning of a file, and half characters', async () => {
    const { plans } = await openStore()
    const { planId, chars } = await plans.keep({ ...fromLog, text: '\uFEFFResult \uD83D' })
    expect(await plans.open(planId)).toMatchObject({ text: 'Result \uFFFD', chars: 8 })
    expect(chars).toBe(8)
  })

  it('can be renamed and noted, each without touching the other', async () => {
    const { plans } = await openStore()
    const { planId } = await plans.keep(fromLog)
    expect(await plans.change({ planId, name: 'after the index' })).toMatchObject({
      name: 'after the index',
      note: 'Mondays only',
    })
    expect(await plans.change({ planId, note: '' })).toMatchObject({ name: 'after the index', note: '' })
    expect(await plans.open(planId)).toMatchObject({ text: fromLog.text, statement: 'SELECT 1' })
  })

  it('that was removed is unknown from then on', async () => {
    const { plans } = await openStore()
    const { planId } = await plans.keep(fromLog)
    const { planId: other } = await plans.keep(fromLog)
    await plans.remove(planId)
    for (const asked of [plans.open(planId), plans.change({ planId, note: 'x' }), plans.remove(planId)]) {
      expect(await failureOf(asked)).toMatchObject({ name: 'WorkbenchError', code: 'PLAN_UNKNOWN' })
    }
    expect((await plans.list()).map((plan) => [plan.planId, plan.ordinal])).toEqual([[other, 2]])
  })

  it('is told to those who follow the session, beside its runs', async () => {
    const store = await openStore()
    const { cursor } = await store.tail(0, 0)
    const waiting = store.tail(cursor, 5_000)
    const plan = await store.plans.keep(fromLog)
    expect((await waiting).events).toEqual([{ kind: 'plan-changed', plan }])
    await store.putRun(sampleRun())
    const changed = await store.plans.change({ planId: plan.planId, name: 'new' })
    expect((await store.tail(cursor, 0)).events).toMatchObject([
      { kind: 'run-changed' },
      { kind: 'plan-changed', plan: changed },
    ])
    await store.plans.remove(plan.planId)
    expect((await store.tail(cursor, 0)).events).toMatchObject([
      { kind: 'run-changed' },
      { kind: 'plan-removed', planId: plan.planId },
    ])
  })

  it('may be as large as the limit, and not larger', async () => {
    const store = await openStore()
    // Three bytes a character: the most that a text of this length comes to.
    const text = '日'.repeat(maxPlanChars)
    const { planId, chars } = await store.plans.keep({ name: 'large', source: 'file', text })
    expect(chars).toBe(maxPlanChars)
    const tooLarge = await failureOf(store.plans.keep({ name: 'x', source: 'file', text: `${text}x` }))
    expect(tooLarge).toMatchObject({ name: 'WorkbenchError', code: 'TOO_LARGE' })
    expect(tooLarge.message).toContain('33,554,433 characters')
    expect((await store.plans.list()).length).toBe(1)
    const read = await store.plans.open(planId)
    expect(read.text === text).toBe(true)
  })
})

describe('a session that can only be read', () => {
  it('shows its plans and keeps no further ones', async () => {
    const maker = await openStore()
    const { planId } = await maker.plans.keep(fromLog)
    await maker.close()
    await chmod(maker.current().path, 0o444)
    const child = startStoreProcess(join(folder, 'other'))
    try {
      await child.next()
      await chmod(folder, 0o755)
      await chmod(join(folder, 'other'), 0o777)
      child.tell('drop-root')
      await child.next()
      child.tell(`open ${maker.current().path}`)
      expect(await child.next()).toMatchObject({ opened: { readOnly: true } })
      child.tell('keep')
      expect(await child.next()).toMatchObject({ failed: { code: 'SESSION_READ_ONLY' } })
      child.tell('plans')
      expect(await child.next()).toMatchObject({ plans: [{ planId, name: 'checkout' }] })
    } finally {
      await child.kill()
    }
  })
})
