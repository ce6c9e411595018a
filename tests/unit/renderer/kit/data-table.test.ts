import { array, assert, boolean, integer, option, property, record, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DataColumn, fitColumns, nextOrder, sortRows, toTsv } from '#renderer/kit/data-table/columns.ts'

interface Row {
  readonly name: string
  readonly size?: number | undefined
}

const columns: readonly DataColumn<Row>[] = [
  { id: 'name', title: 'Name', origin: 'given', width: '1fr', text: (row) => row.name },
  {
    id: 'size',
    title: 'Size',
    origin: 'measured',
    width: '80px',
    numeric: true,
    sortBy: (row) => row.size,
    text: (row) => (row.size === undefined ? '' : `${row.size} B`),
  },
]

describe('a data table', () => {
  it('copies no column that is a picture alone', () => {
    const picture: DataColumn<Row> = {
      id: 'trend',
      title: 'Trend',
      origin: 'drawn',
      width: '56px',
      isPicture: true,
      text: () => '',
    }
    expect(
      toTsv(
        [{ name: 'a', size: 9 }],
        [columns[0], picture, columns[1]].filter((one) => one !== undefined),
      ),
    ).toBe('Name\tSize\na\t9 B')
  })

  it('sorts figures as figures, and rows without one last in either direction', () => {
    const rows: Row[] = [{ name: 'a', size: 9 }, { name: 'b' }, { name: 'c', size: 10 }]
    const names = (descending: boolean) =>
      sortRows(rows, columns, { columnId: 'size', descending }).map(({ name }) => name)
    expect(names(true)).toEqual(['c', 'a', 'b'])
    expect(names(false)).toEqual(['a', 'c', 'b'])
  })

  it('keeps the places of equal rows, and loses none', () => {
    const some = array(record({ name: string(), size: option(integer(), { nil: undefined }) }))
    assert(
      property(some, boolean(), (rows, descending) => {
        const sorted = sortRows(rows, columns, { columnId: 'size', descending })
        expect(sorted).toHaveLength(rows.length)
        const swapped = sorted.filter((row, at) => {
          const next = sorted[at + 1]
          return next !== undefined && next.size === row.size && rows.indexOf(row) > rows.indexOf(next)
        })
        expect(swapped).toEqual([])
      }),
    )
  })

  it('sorts by a head: figures largest first, words from A on, a second time the other way', () => {
    const bySize = nextOrder(columns, { columnId: 'name', descending: false }, 'size')
    expect(bySize).toEqual({ columnId: 'size', descending: true })
    expect(nextOrder(columns, bySize, 'size')).toEqual({ columnId: 'size', descending: false })
    expect(nextOrder(columns, bySize, 'name')).toEqual({ columnId: 'name', descending: false })
  })

  it('copies what it shows as lines of tab-separated text', () => {
    expect(toTsv([{ name: 'two\nlines\there', size: 3 }, { name: 'b' }], columns)).toBe(
      'Name\tSize\ntwo lines here\t3 B\nb\t',
    )
  })
})

describe('columns in little room', () => {
  const track = (id: string, width: string, spare?: number): DataColumn<Row> => ({
    id,
    title: id,
    origin: 'given',
    width,
    text: () => id,
    ...(spare === undefined ? {} : { spare }),
  })
  const many = [
    track('a', 'minmax(100px, 1fr)'),
    track('b', '80px', 1),
    track('c', '60px', 2),
    track('d', '40px'),
  ]
  const idsAt = (widthPx: number) => fitColumns(many, 0, widthPx).shown.map(({ id }) => id)

  it('are left out, the most dispensable first, and those that are not dispensable never', () => {
    expect(idsAt(334)).toEqual(['a', 'b', 'c', 'd'])
    expect(idsAt(333)).toEqual(['a', 'b', 'd'])
    expect(idsAt(200)).toEqual(['a', 'd'])
    expect(idsAt(10)).toEqual(['a', 'd'])
  })

  it('are all there until the room is known, and say who is not', () => {
    expect(idsAt(0)).toHaveLength(4)
    expect(fitColumns(many, 0, 333)).toMatchObject({ leftOut: ['c'], leastPx: 276 })
  })

  it('are left out sooner where a table wants more than its least', () => {
    expect(fitColumns(many, 400, 345).leftOut).toEqual(['c'])
  })
})
