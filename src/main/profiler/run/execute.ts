import type { ServerClient } from '#main/targets/index.ts'
import type { RunOptions, RunParameter } from '#shared/session/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import type { RunResult } from '../result/result.ts'
import type { Row } from '../result/row-store.ts'

/** Rows asked for at once: few at first, so that they show early, and never more than so many bytes. */
const firstBatch = 1
const maxBatch = 2_000
const maxBatchChars = 2 * 1_024 * 1_024

export interface StatementRequest {
  readonly sql: string
  readonly parameters: readonly RunParameter[]
  readonly types: readonly number[]
  readonly onEnd: RunOptions['onEnd']
  /** Without parameters and by the simple protocol, so that `$n` stays open. */
  readonly leavesParametersOpen: boolean
}

export interface StatementEnd {
  readonly elapsedMs: Milliseconds
  readonly firstRowMs?: Milliseconds
  /** Rows received, or as the command tag says. */
  readonly rows: number
  /** Rows were left: the statement was stopped there (which fails its transaction), or went on without being kept. */
  readonly left: 'none' | 'stopped' | 'dropped'
}

/**
 * Runs a statement and keeps its rows as they come.
 *
 * All rows are executed in one go (no portal with a row limit), since the server plans for parallel workers but never
 * starts them for a limited portal: what is measured must be what a program would get. So a statement that returns
 * more than is kept is cancelled where its transaction is rolled back anyway; where its effect is to stay, it runs to
 * its end and its further rows are dropped.
 *
 * @source PostgreSQL manual, 15.2 "When Can Parallel Query Be Used?"
 */
export async function runStatement(
  client: ServerClient,
  request: StatementRequest,
  result: RunResult,
  events: {
    /** Milliseconds since `onSending`. */
    readonly clock: () => Milliseconds
    /** The statement is about to be sent. */
    onSending(): void
    /** It is on its way. */
    onSent(): void
    onRows(received: number): void
  },
): Promise<StatementEnd> {
  const { clock } = events
  const values = request.parameters.map(({ value }) => value)
  const cursor = request.leavesParametersOpen
    ? client.openCursor(request.sql, [], [], 'simple')
    : client.openCursor(request.sql, values, request.types)
  let batch = firstBatch
  let received = 0
  let firstRowMs: Milliseconds | undefined
  for (let isFirst = true; ; isFirst = false) {
    if (isFirst) events.onSending()
    const reading = cursor.read(batch)
    if (isFirst) events.onSent()
    const answer = await reading
    const elapsedMs = clock()
    if (answer.columns.length > 0 && result.columns.length === 0) result.setColumns(answer.columns)
    if (answer.rows.length > 0) firstRowMs ??= elapsedMs
    received += answer.rows.length
    const kept = result.add(answer.rows)
    const end = { elapsedMs, ...(firstRowMs === undefined ? {} : { firstRowMs }) }
    if (answer.done) {
      const rows = Math.max(received, answer.rowCount ?? 0)
      return { ...end, rows, left: received > result.rows ? 'dropped' : 'none' }
    }
    if (kept < answer.rows.length && request.onEnd === 'rollback') {
      await cursor.close()
      return { ...end, rows: received, left: 'stopped' }
    }
    events.onRows(received)
    batch = nextBatch(batch, answer.rows, result)
  }
}

/** Four times as many as before, as long as they are small, and not far beyond what is kept. */
function nextBatch(batch: number, rows: readonly Row[], result: RunResult): number {
  const chars = rows.reduce(
    (sum, row) => sum + row.reduce((width, cell) => width + (cell?.length ?? 0), 0),
    0,
  )
  const fitting = Math.ceil(maxBatchChars / Math.max(1, chars / Math.max(1, rows.length)))
  const room = result.room > 0 ? result.room : maxBatch
  return Math.max(1, Math.min(batch * 4, maxBatch, fitting, room))
}
