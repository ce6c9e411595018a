import { describe, expect, it } from 'vitest'
import type { ResultWindow } from '#shared/contract/index.ts'
import { createRowPages } from '../../../../../../src/renderer/panels/query/results/row-pages.ts'

/** A result whose answers come when the test says so. */
function setUp(options: { readonly maxChars?: number; readonly held?: number } = {}) {
  const asked: number[] = []
  const waiting: (() => void)[] = []
  let held = options.held ?? 10_000
  let changes = 0
  const pages = createRowPages({
    pageRows: 100,
    maxChars: options.maxChars ?? 1_000_000,
    onChange: () => {
      changes += 1
    },
    fetch: (from, count) => {
      asked.push(from)
      return new Promise<ResultWindow>((resolve) => {
        waiting.push(() =>
          resolve({
            columns: [],
            from,
            rows: Array.from({ length: Math.max(0, Math.min(count, held - from)) }, (_, index) => [
              `row ${from + index}`,
            ]),
            cutCells: from === 0 ? [{ row: 7, column: 0, chars: 5_000 }] : [],
            held,
            complete: true,
          }),
        )
      })
    },
  })
  return {
    pages,
    asked,
    changes: () => changes,
    grow: (to: number) => {
      held = to
    },
    answer: async () => {
      for (const resolve of waiting.splice(0)) resolve()
      // The answers are taken in by the promises' own turns.
      for (let turn = 0; turn < 4; turn += 1) await Promise.resolve()
    },
  }
}

describe('pages of a result', () => {
  it('are fetched when looked at, once', async () => {
    const { pages, asked, answer, changes } = setUp()
    pages.want(50, 120)
    pages.want(50, 120)
    expect(asked).toEqual([0, 100])
    expect(pages.row(60)).toBeUndefined()
    await answer()
    expect(changes()).toBe(2)
    expect(pages.row(60)).toEqual(['row 60'])
    expect(pages.cutChars(7, 0)).toBe(5_000)
    pages.want(50, 120)
    expect(asked).toHaveLength(2)
  })

  it('do not pile up while somebody drags the scroll bar across them', async () => {
    const { pages, asked, answer } = setUp()
    for (let row = 0; row < 5_000; row += 500) pages.want(row, row + 40)
    expect(asked).toEqual([0, 500])
    await answer()
    pages.want(4_500, 4_540)
    expect(asked).toEqual([0, 500, 4_500])
  })

  it('go, oldest first, beyond the bound', async () => {
    const { pages, answer } = setUp({ maxChars: 10_000 })
    for (let page = 0; page < 6; page += 1) {
      pages.want(page * 100, page * 100 + 10)
      await answer()
    }
    expect(pages.row(0)).toBeUndefined()
    expect(pages.row(510)).toEqual(['row 510'])
  })

  it('are asked for anew when the result has grown beyond them', async () => {
    const { pages, asked, answer, grow } = setUp({ held: 30 })
    pages.want(0, 30)
    await answer()
    expect(pages.row(35)).toBeUndefined()
    grow(60)
    pages.grown(60)
    pages.want(0, 60)
    await answer()
    expect(asked).toEqual([0, 0])
    expect(pages.row(35)).toEqual(['row 35'])
  })

  it('say why they can’t be had', async () => {
    const pages = createRowPages({
      pageRows: 10,
      maxChars: 100,
      onChange: () => {},
      fetch: () => Promise.reject(new Error('gone')),
    })
    pages.want(0, 5)
    for (let turn = 0; turn < 4; turn += 1) await Promise.resolve()
    expect(pages.problem()).toEqual(new Error('gone'))
  })
})
