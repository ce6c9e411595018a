import { describe, expect, it } from 'vitest'
import { sortRows, toTsv } from '#renderer/kit/index.ts'
import { formatMean, statementColumns } from '#renderer/panels/statements/columns.tsx'
import type { ListedStatement } from '#renderer/panels/statements/listed.ts'
import { sampleFigures } from '#tests/support/sample-statements.ts'

const row = (key: string, changes: Partial<ListedStatement> = {}): ListedStatement => ({
  key,
  text: `select ${key}`,
  databases: ['shop'],
  users: ['ada'],
  isTopLevel: true,
  byClass: [],
  ...changes,
})

const columnsFor = (...used: readonly string[]) =>
  statementColumns({ hasFigures: true, used: new Set(used), blockBytes: 8_192, most: 1 })

describe('columns of statements', () => {
  it('are those of figures that somebody has', () => {
    const titles = (...used: readonly string[]) => columnsFor(...used).map(({ title }) => title)
    expect(titles()).toEqual(['Statement', 'Load', 'Trend', 'Time', 'Calls', 'Mean', 'Rows'])
    expect(titles('readMs', 'tempWrittenBlocks')).toEqual(expect.arrayContaining(['Reading', 'Temp']))
    expect(titles('readMs')).not.toContain('WAL')
  })

  it('are of samples alone where nothing was counted', () => {
    const columns = statementColumns({ hasFigures: false, used: new Set(), blockBytes: 8_192, most: 1 })
    expect(columns.map(({ title }) => title)).toEqual([
      'Statement',
      'Load',
      'Trend',
      'Sessions',
      'Database',
      'User',
    ])
  })

  it('name a statement by its text, else by its id, and what has neither as such', () => {
    const [statement] = columnsFor()
    const { text: _, ...nameless } = row('42')
    expect(statement?.text?.(row('42'))).toBe('select 42')
    expect(statement?.text?.(nameless)).toBe('query id 42')
    expect(statement?.text?.({ ...nameless, key: '' })).toBe('no statement')
  })

  it('sort rows that were not counted behind all others', () => {
    const rows = [
      row('a'),
      row('b', { figures: sampleFigures({ calls: 2, executionMs: 10 }) }),
      row('c', { figures: sampleFigures({ calls: 10, executionMs: 20 }) }),
      row('d', { figures: sampleFigures() }),
    ]
    const keysBy = (columnId: string, descending: boolean) =>
      sortRows(rows, columnsFor(), { columnId, descending }).map(({ key }) => key)
    expect(keysBy('executionMs', true)).toEqual(['c', 'b', 'd', 'a'])
    expect(keysBy('executionMs', false)).toEqual(['d', 'b', 'c', 'a'])
    expect(keysBy('mean', true)).toEqual(['b', 'c', 'a', 'd'])
  })

  it('copy as what is shown, nothing where there is nothing', () => {
    const rows = [
      row('1', { loadShare: 0.5, averageSessions: 1, figures: sampleFigures({ calls: 4, executionMs: 6 }) }),
      { ...row('2'), text: undefined as never },
    ]
    expect(toTsv(rows, columnsFor())).toBe(
      [
        'Statement\tLoad\tTime\tCalls\tMean\tRows',
        'select 1\t50.0 %\t6 ms\t4\t1.5 ms\t',
        'query id 2\t\t\t\t\t',
      ].join('\n'),
    )
  })
})

describe('the time of a call', () => {
  it('is its mean, with how much calls differ where there are several', () => {
    expect(formatMean(sampleFigures())).toBeUndefined()
    expect(formatMean(sampleFigures({ calls: 1, executionMs: 3, executionSquares: 9 }))).toBe('3 ms')
    expect(formatMean(sampleFigures({ calls: 2, executionMs: 6, executionSquares: 26 }))).toBe('3 ms ± 2 ms')
  })
})
