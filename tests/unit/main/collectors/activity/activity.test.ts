import { describe, expect, it } from 'vitest'
import { periodSince } from '#main/collectors/activity/index.ts'
import { parseActivity } from '#main/collectors/activity/parse.ts'
import { createTexts } from '#main/collectors/activity/texts.ts'
import type { Answer } from '#main/collectors/index.ts'
import { createNames } from '#main/collectors/names.ts'

const around = {
  database: (oid: string) => (oid === '5' ? 'shop' : undefined),
  role: (oid: string) => (oid === '10' ? 'clerk' : undefined),
  toWorkbenchMs: (serverMs: number) => serverMs - 1_000,
  statement: (pid: string, startedAt: string) => (pid === '7' && startedAt === '30.5' ? 'kept' : undefined),
}

describe('a row of activity', () => {
  it('becomes a sample, with times of the workbench’s clock', () => {
    const row = [
      '7',
      '5',
      '10',
      'till',
      '10.0.0.9',
      'client backend',
      null,
      '20',
      'active',
      'IO',
      'DataFileRead',
      '30',
      '30.5',
      '30.500123',
      '12',
      'select 1',
      '-9007199254740993',
    ]
    expect(parseActivity(row, around)).toEqual({
      pid: 7,
      startedAtMs: 19_000,
      backendType: 'client backend',
      database: 'shop',
      user: 'clerk',
      application: 'till',
      client: '10.0.0.9',
      state: 'active',
      waitClass: 'IO',
      waitEvent: 'DataFileRead',
      queryId: '-9007199254740993',
      transactionStartedAtMs: 29_000,
      statementStartedAtMs: 29_500,
      stateChangedAtMs: expect.closeTo(29_500.123),
      xminAge: 12,
      statement: 'select 1',
    })
  })

  it('leaves out what the server does not tell, and finds a text that was sent before', () => {
    const row = [
      '7',
      null,
      null,
      '',
      null,
      'checkpointer',
      null,
      '20',
      null,
      null,
      null,
      null,
      '30.5',
      null,
      null,
      null,
      null,
    ]
    expect(parseActivity(row, around)).toEqual({
      pid: 7,
      startedAtMs: 19_000,
      backendType: 'checkpointer',
      state: 'active',
      waitClass: 'CPU',
      statementStartedAtMs: 29_500,
      statement: 'kept',
    })
  })
})

describe('the time that a tick stands for', () => {
  it('is that since the one before, but a gap is no load', () => {
    expect(periodSince(undefined, 5_000, 100)).toBe(100)
    expect(periodSince(4_890, 5_000, 100)).toBe(110)
    expect(periodSince(1_000, 5_000, 100)).toBe(300)
    expect(periodSince(5_010, 5_000, 100)).toBe(0)
  })
})

describe('texts of statements', () => {
  it('are asked for once, and kept while the statement is at work', () => {
    const texts = createTexts()
    expect(texts.neededSince).toBe('0.000')
    texts.keep([{ pid: '7', startedAt: '90.25', text: 'select long' }], 100_000)
    expect(texts.neededSince).toBe('99.000')
    texts.keep([{ pid: '7', startedAt: '90.25', text: null }], 100_100)
    expect(texts.find('7', '90.25')).toBe('select long')
    expect(texts.find('8', '90.25')).toBeUndefined()
    texts.keep([], 100_200)
    expect(texts.find('7', '90.25')).toBeUndefined()
  })

  it('are asked for anew where one is missing', () => {
    const texts = createTexts()
    texts.keep([], 100_000)
    texts.keep([{ pid: '7', startedAt: '90.25', text: null }], 100_100)
    expect(texts.neededSince).toBe('0.000')
  })
})

describe('names of databases and roles', () => {
  it('are asked for once each, even those that are gone', async () => {
    const asked: unknown[] = []
    const names = createNames({
      async ask(_question, parameters): Promise<Answer> {
        asked.push(parameters)
        return {
          rows: [
            ['d', '5', 'shop'],
            ['r', '10', 'clerk'],
          ],
          atMs: 0,
          tookMs: 0,
        }
      },
    })
    await names.learn(new Set(['5', '6']), new Set(['10']))
    await names.learn(new Set(['5', '6']), new Set(['10']))
    expect(asked).toEqual([['{5,6,10}']])
    expect([names.database('5'), names.database('6'), names.role('10')]).toEqual(['shop', undefined, 'clerk'])
  })

  it('are asked for again where the server gave no answer', async () => {
    let isSlow = true
    const names = createNames({
      async ask(): Promise<Answer> {
        if (isSlow) throw new Error('canceling statement due to statement timeout')
        return { rows: [['d', '5', 'shop']], atMs: 0, tookMs: 0 }
      },
    })
    await expect(names.learn(['5'], [])).rejects.toThrow('timeout')
    isSlow = false
    await names.learn(['5'], [])
    expect(names.database('5')).toBe('shop')
  })
})
