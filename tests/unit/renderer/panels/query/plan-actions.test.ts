import { describe, expect, it } from 'vitest'
import { appendStatement } from '#renderer/panels/query/append-statement.ts'
import { mergeSettings } from '#renderer/panels/query/next-settings.ts'
import { formatPlanLink, parsePlanLink } from '#renderer/panels/query/plan-link.ts'

describe('a statement that a finding offers', () => {
  it('goes below the present text as one of its own', () => {
    expect(appendStatement('select 1', 'analyze t;')).toEqual({ text: 'select 1;\n\nanalyze t;', offset: 11 })
    expect(appendStatement('select 1;\n\n', 'analyze t;')).toEqual({
      text: 'select 1;\n\nanalyze t;',
      offset: 11,
    })
    expect(appendStatement('  ', 'analyze t;')).toEqual({ text: 'analyze t;', offset: 0 })
  })

  it('is not drawn into a comment that ends the text', () => {
    expect(appendStatement('select 1 -- why', 'analyze t;').text).toBe('select 1 -- why\n;\n\nanalyze t;')
  })
})

describe('settings for the next run', () => {
  it('are there once by name, the latest wins', () => {
    const before = [
      { name: 'jit', value: 'off' },
      { name: 'work_mem', value: '4MB' },
    ]
    expect(mergeSettings(before, [{ name: 'work_mem', value: '64MB' }])).toEqual([
      { name: 'jit', value: 'off' },
      { name: 'work_mem', value: '64MB' },
    ])
  })
})

describe('a link to a node', () => {
  it('is read back as it was written', () => {
    const link = { runId: 'run 1&2', nodeId: 7 }
    expect(parsePlanLink(formatPlanLink(link))).toEqual(link)
    expect(parsePlanLink('#run=abc')).toEqual({ runId: 'abc', nodeId: undefined })
  })

  it('is nothing where the hash is something else, and no node where it is no number', () => {
    expect(parsePlanLink('')).toBeUndefined()
    expect(parsePlanLink('#t=3')).toBeUndefined()
    expect(parsePlanLink('#run=abc&node=-1')).toEqual({ runId: 'abc', nodeId: undefined })
    expect(parsePlanLink('#run=abc&node=1e99')).toEqual({ runId: 'abc', nodeId: undefined })
  })
})
