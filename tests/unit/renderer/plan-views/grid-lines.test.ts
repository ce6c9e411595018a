import { describe, expect, it } from 'vitest'
import { chooseColumns, columnsOf } from '#renderer/plan-views/grid/columns.ts'
import { nextSort } from '#renderer/plan-views/grid/grid-header.tsx'
import {
  buildLines,
  type GridOptions,
  gather,
  linesToTsv,
  readFigure,
} from '#renderer/plan-views/grid/lines.ts'
import { moveInLines } from '#renderer/plan-views/grid/move-in-lines.ts'
import { derivePlan } from '#shared/plan/index.ts'
import { planOf } from '../../shared/plan/plan-notation.ts'

const plan = derivePlan(
  planOf(`
    Append  ms=100 rows=30 hit=70 read=30
      Seq Scan on orders  ms=60 rows=10 hit=40 read=10
      Seq Scan on lines  ms=15 rows=20 hit=20 read=20
      Index Scan on orders  ms=5 rows=0 hit=10 | {"Index Name": "orders_pkey"}
  `),
)
const columns = columnsOf(plan)
const column = (id: string) => {
  const found = columns.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no column ${id}`)
  return found
}
const usual: GridOptions = { grouping: 'node', sort: undefined, scope: 'own', collapsed: new Set() }
const labels = (options: Partial<GridOptions>) =>
  buildLines(plan, columns, { ...usual, ...options }).map(({ label }) => label)

describe('lines of the grid', () => {
  it('stand in the tree’s order, without what is folded, until a column sorts them flat', () => {
    expect(labels({})).toEqual([
      'Append',
      'Seq Scan on orders',
      'Seq Scan on lines',
      'Index Scan using orders_pkey on orders',
    ])
    expect(labels({ collapsed: new Set([0]) })).toEqual(['Append'])
    expect(
      labels({ collapsed: new Set([0]), sort: { columnId: 'exclusive', direction: 'descending' } }),
    ).toEqual(['Seq Scan on orders', 'Append', 'Seq Scan on lines', 'Index Scan using orders_pkey on orders'])
  })

  it('put nodes without a figure last, whichever way they are sorted', () => {
    const bare = derivePlan(
      planOf('Append\n  Seq Scan  read=5\n  Result  read=0 | {"Shared Read Blocks": 9}\n  Limit'),
    )
    const sorted = (direction: 'ascending' | 'descending') =>
      buildLines(bare, columnsOf(bare), { ...usual, sort: { columnId: 'read', direction } }).map(
        ({ label }) => label,
      )
    expect(sorted('descending').slice(0, 2)).toEqual(['Result', 'Seq Scan'])
    expect(sorted('ascending').at(-1)).not.toBe('Result')
  })

  it('sum own figures by node type, relation and index, largest first, and lead to the dearest node', () => {
    const byType = buildLines(plan, columns, { ...usual, grouping: 'type' })
    expect(byType.map(({ label, nodes }) => `${label} ${nodes.length}`)).toEqual([
      'Seq Scan 2',
      'Append 1',
      'Index Scan 1',
    ])
    const [scans] = byType
    if (scans === undefined) throw new Error('there are scans')
    expect(readFigure(scans, column('exclusive'), 'own')).toBe(75)
    expect(readFigure(scans, column('inclusive'), 'own')).toBeUndefined()
    expect(scans.nodeId).toBe(1)
    expect(labels({ grouping: 'relation' })).toEqual(['orders', 'lines'])
    expect(labels({ grouping: 'index' })).toEqual(['orders_pkey'])
  })

  it('add up to the root’s inclusive figures', () => {
    expect(gather(plan.nodes, column('exclusive'))).toBe(100)
    expect(gather(plan.nodes, column('read'))).toBe(30)
    const [root] = buildLines(plan, columns, usual)
    if (root === undefined) throw new Error('there is a root')
    expect(readFigure(root, column('hit'), 'own')).toBe(0)
    expect(readFigure(root, column('hit'), 'inclusive')).toBe(70)
  })

  it('copy as tab-separated values with figures in full', () => {
    const few = [column('exclusive'), column('rows')]
    expect(
      linesToTsv(buildLines(plan, columns, usual), few, 'own')
        .split('\n')
        .slice(0, 2),
    ).toEqual(['Node\tNodes\tOwn time\tRows', 'Append\t1\t20\t30'])
  })

  it('are walked up and down where they are no tree', () => {
    const lines = buildLines(plan, columns, {
      ...usual,
      sort: { columnId: 'exclusive', direction: 'descending' },
    })
    expect(moveInLines(lines, 0, 'ArrowDown', 10)).toEqual({ kind: 'select', nodeId: 0 })
    expect(moveInLines(lines, 3, 'ArrowDown', 10)).toEqual({ kind: 'select', nodeId: 3 })
    expect(moveInLines(lines, 3, 'Home', 10)).toEqual({ kind: 'select', nodeId: 1 })
    expect(moveInLines(lines, 0, 'ArrowRight', 10)).toBeUndefined()
  })
})

describe('columns of the grid', () => {
  it('are those that the plan has figures for', () => {
    expect(columns.map(({ id }) => id)).toContain('read')
    expect(columns.map(({ id }) => id)).not.toContain('wal')
  })

  it('give way one after the other where it is narrow, unless they were chosen by hand', () => {
    const ids = (roomPx: number) => chooseColumns(plan, undefined, roomPx).map(({ id }) => id)
    expect(ids(2_000)).toContain('inclusive')
    expect(ids(300)).not.toContain('planRows')
    expect(ids(300)).toContain('exclusive')
    expect(chooseColumns(plan, ['inclusive', 'wal'], 10).map(({ id }) => id)).toEqual(['inclusive'])
  })

  it('sort by largest, then smallest, then not at all', () => {
    const first = nextSort(undefined, 'rows')
    const second = nextSort(first, 'rows')
    expect(first?.direction).toBe('descending')
    expect(second?.direction).toBe('ascending')
    expect(nextSort(second, 'rows')).toBeUndefined()
    expect(nextSort(second, 'read')?.direction).toBe('descending')
  })
})
