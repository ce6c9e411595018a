import type { ResultColumn } from '#main/targets/index.ts'
import type { ResultWindow } from '#shared/contract/index.ts'
import type { Bytes } from '#shared/units/index.ts'
import { formatBytes } from '#shared/units/index.ts'
import { createRowStore, type Row } from './row-store.ts'

/** Longer cells are cut in windows of rows; `cell` hands them out whole. */
export const maxWindowCellChars = 4_096
/** A window stops at this size, whatever was asked for: the rest is asked for with the next one. */
const maxWindowChars = 16 * 1_024 * 1_024

/** The rows of one run, in memory. */
export interface RunResult {
  readonly rows: number
  readonly bytes: Bytes
  readonly columns: readonly ResultColumn[]
  /** How many more rows may be kept; 0 once a limit is reached. */
  readonly room: number
  setColumns(columns: readonly ResultColumn[]): void
  /** Keeps rows up to the limits; answers how many were kept. */
  add(rows: readonly Row[]): number
  /** No more rows come; `truncated` says why there are fewer than the statement returns. */
  complete(truncated?: string): void
  window(from: number, count: number, typeNames: ReadonlyMap<number, string>): ResultWindow
  cell(row: number, column: number): string | null | undefined
  clear(): void
}

export function createResult(limits: { readonly maxRows: number; readonly maxBytes: Bytes }): RunResult {
  let columns: readonly ResultColumn[] = []
  const store = createRowStore(() => columns.length)
  let isComplete = false
  let truncated: string | undefined

  const room = (): number => (store.bytes >= limits.maxBytes ? 0 : Math.max(0, limits.maxRows - store.rows))

  return {
    get rows() {
      return store.rows
    },
    get bytes() {
      return store.bytes
    },
    get columns() {
      return columns
    },
    get room() {
      return room()
    },
    setColumns(next) {
      columns = next
    },
    add(rows) {
      const kept = rows.slice(0, room())
      store.add(kept)
      return kept.length
    },
    complete(reason) {
      isComplete = true
      truncated = reason
    },
    window(from, count, typeNames) {
      const rows: Row[] = []
      const cutCells: { row: number; column: number; chars: number }[] = []
      let chars = 0
      for (
        let index = from;
        index < Math.min(from + count, store.rows) && chars < maxWindowChars;
        index += 1
      ) {
        const row = store.row(index, maxWindowCellChars)
        if (row === undefined) break
        rows.push(row.values)
        for (const cell of row.cut) cutCells.push({ row: index, ...cell })
        chars += row.values.reduce((sum, value) => sum + (value?.length ?? 0) + 8, 0)
      }
      return {
        columns: columns.map(({ name, typeOid }) => ({ name, type: typeNames.get(typeOid) ?? '' })),
        from,
        rows,
        cutCells,
        held: store.rows,
        complete: isComplete,
        ...(truncated === undefined ? {} : { truncated }),
      }
    },
    cell: (row, column) => store.cell(row, column),
    clear: () => store.clear(),
  }
}

/** Why a result stops short, for people. */
export function describeTruncation(
  result: Pick<RunResult, 'rows' | 'bytes'>,
  options: { readonly maxRows: number; readonly ranToEnd: boolean; readonly returned: number },
): string {
  const held = result.rows.toLocaleString('en-US')
  const byRows = result.rows >= options.maxRows
  const limit = byRows ? 'the limit on rows' : `${formatBytes(result.bytes)} of rows`
  if (options.ranToEnd) {
    const returned = options.returned.toLocaleString('en-US')
    return `The first ${held} of ${returned} rows are kept (${limit}); the statement ran to its end.`
  }
  const remedy = byRows ? 'Raise the limit' : 'Select less'
  return `Stopped after ${held} rows (${limit}): figures are up to there. ${remedy}, or use Analyse to run it to its end.`
}
