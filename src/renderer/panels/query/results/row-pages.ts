import type { ResultWindow } from '#shared/contract/index.ts'

export type Row = ResultWindow['rows'][number]

export interface RowPagesOptions {
  readonly pageRows: number
  /** Characters held at most, by and large; pages not looked at longest go first. */
  readonly maxChars: number
  readonly fetch: (from: number, count: number) => Promise<ResultWindow>
  /** A page arrived, or could not be had. */
  readonly onChange: () => void
}

/** Pages of a result: fetched when looked at, a bounded number held. */
export interface RowPages {
  /** A row if it is held; what is not is not asked for here. */
  row(index: number): Row | undefined
  /** Full length of a cell that was cut for the grid. */
  cutChars(row: number, column: number): number | undefined
  /** Asks for what is missing between two rows, the pages in view first; what is under way is not asked for twice. */
  want(from: number, to: number): void
  /** Why a row can't be had. */
  problem(): unknown
  /** Forgets a page that was not full when it was fetched, since the result has grown. */
  grown(held: number): void
}

interface Page {
  readonly window: ResultWindow
  readonly cuts: ReadonlyMap<string, number>
  readonly chars: number
}

/** What is on screen, the page before and the page behind it are held whatever they weigh. */
const leastPages = 3
/** A cell costs more than its text. */
const charsPerCell = 16

function cutKey(row: number, column: number): string {
  return `${row}:${column}`
}

function weigh({ rows }: ResultWindow): number {
  let chars = 0
  for (const row of rows) for (const cell of row) chars += charsPerCell + (cell?.length ?? 0)
  return chars
}

export function createRowPages(options: RowPagesOptions): RowPages {
  const { pageRows, maxChars, fetch, onChange } = options
  /** In order of last use. */
  const pages = new Map<number, Page>()
  const underWay = new Set<number>()
  let problem: unknown

  const touch = (index: number): Page | undefined => {
    const page = pages.get(index)
    if (page) {
      pages.delete(index)
      pages.set(index, page)
    }
    return page
  }

  const makeRoom = (): void => {
    let held = 0
    for (const { chars } of pages.values()) held += chars
    for (const [oldest, { chars }] of pages) {
      if (held <= maxChars || pages.size <= leastPages) return
      pages.delete(oldest)
      held -= chars
    }
  }

  const load = async (index: number): Promise<void> => {
    underWay.add(index)
    try {
      const window = await fetch(index * pageRows, pageRows)
      pages.set(index, {
        window,
        cuts: new Map(window.cutCells.map(({ row, column, chars }) => [cutKey(row, column), chars])),
        chars: weigh(window),
      })
      makeRoom()
      problem = undefined
    } catch (error) {
      problem = error
    } finally {
      underWay.delete(index)
      onChange()
    }
  }

  return {
    row: (index) => pages.get(Math.floor(index / pageRows))?.window.rows[index % pageRows],
    cutChars: (row, column) => pages.get(Math.floor(row / pageRows))?.cuts.get(cutKey(row, column)),
    want(from, to) {
      // Two pages at most are under way: who drags the scroll bar across a million rows does not want them all.
      for (let index = Math.floor(from / pageRows); index * pageRows < to; index += 1) {
        if (touch(index) || underWay.has(index) || underWay.size >= 2) continue
        void load(index)
      }
    },
    problem: () => problem,
    grown(held) {
      for (const [index, { window }] of pages) {
        if (window.rows.length < pageRows && index * pageRows + window.rows.length < held) pages.delete(index)
      }
    },
  }
}
