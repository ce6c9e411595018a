import { useEffect, useMemo, useReducer, useState } from 'react'
import { client, describeError, type ErrorDescription } from '#renderer/client/index.ts'
import type { ResultWindow } from '#shared/contract/index.ts'
import type { ResultColumn } from './columns.ts'
import { type ResultReader, readWindow } from './export-rows.ts'
import { createRowPages, type RowPages } from './row-pages.ts'

/** What is known of a result before any page of it was looked at. */
export interface ResultHead {
  readonly columns: readonly ResultColumn[]
  /** The first rows, to guess widths by. */
  readonly firstRows: ResultWindow['rows']
  readonly held: number
  readonly complete: boolean
  readonly truncated: string | undefined
}

export type ResultState =
  | { readonly status: 'loading' }
  | { readonly status: 'gone'; readonly error: ErrorDescription }
  | {
      readonly status: 'ready'
      readonly head: ResultHead
      readonly pages: RowPages
      readonly reader: ResultReader
    }

/** Cells in one answer: wide results come in short pages, so that each is a few hundred kilobytes. */
const pageCells = 6_000
/** Text held for the grid: pages that were not looked at longest go beyond it. */
const heldChars = 48_000_000
const headRows = 20

export function pageRowsFor(columns: number): number {
  return Math.min(500, Math.max(20, Math.floor(pageCells / Math.max(1, columns))))
}

function readerOf(runId: string): ResultReader {
  return {
    rows: (from, count) =>
      readWindow((next, rest) => client.profile.rows({ runId, from: next, count: rest }), from, count),
    cell: async (row, column) => (await client.profile.cell({ runId, row, column })).value,
  }
}

/**
 * The rows of a run as far as they are held.
 * @param rows rows known to have arrived: grows while the run is under way
 * @param done the run is over
 */
export function useResult(runId: string, rows: number, done: boolean): ResultState {
  const [head, setHead] = useState<ResultHead>()
  const [error, setError] = useState<ErrorDescription>()
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const reader = useMemo(() => readerOf(runId), [runId])
  const started = rows > 0 || done

  useEffect(() => {
    if (!started) return
    let stale = false
    const load = async (): Promise<void> => {
      try {
        // A few rows are enough to know the columns; what is drawn comes by pages.
        const { columns, rows: firstRows, held, complete, truncated } = await reader.rows(0, headRows)
        // Once all rows are there, this is asked again: only then it is known whether some are missing.
        if (!stale) setHead({ columns, firstRows, held, complete: done && complete, truncated })
      } catch (reason) {
        if (!stale) setError(describeError(reason))
      }
    }
    void load()
    return () => {
      stale = true
    }
  }, [reader, started, done])

  const columnCount = head?.columns.length
  const pages = useMemo(() => {
    if (columnCount === undefined) return undefined
    const pageRows = pageRowsFor(columnCount)
    return createRowPages({
      pageRows,
      maxChars: heldChars,
      fetch: reader.rows,
      onChange: redraw,
    })
  }, [reader, columnCount])

  const held = Math.max(head?.held ?? 0, done ? 0 : rows)
  useEffect(() => pages?.grown(held), [pages, held])

  if (error) return { status: 'gone', error }
  if (!head || !pages) return { status: 'loading' }
  return { status: 'ready', head: { ...head, held }, pages, reader }
}
