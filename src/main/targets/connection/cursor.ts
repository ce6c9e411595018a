import { createOrder } from '#main/order/index.ts'
import type { CursorMode, RowCursor, TextValue } from '../server-client.ts'
import { refuseNullByte } from './errors.ts'
import { type LossWatch, Statement } from './statement.ts'
import type { Turnstile } from './turnstile.ts'

export interface CursorHost {
  readonly turnstile: Turnstile
  readonly watch: LossWatch
  submit(statement: Statement): void
  cancel(): Promise<void>
  destroy(): void
}

/** A cursor over one connection; it holds the connection's turn from its first `read` to its end. */
export function createCursor(
  host: CursorHost,
  request: {
    readonly sql: string
    readonly parameters: readonly TextValue[]
    readonly types: readonly number[]
    readonly mode: CursorMode
  },
): RowCursor {
  const statement = new Statement({ ...request, name: '', isParsed: false }, host.watch)
  let leave: (() => void) | undefined
  let isClosed = false
  const inTurn = createOrder()

  function leaveIfOver(): void {
    if (!statement.isOver) return
    leave?.()
    leave = undefined
  }

  async function fill(count: number): Promise<void> {
    refuseNullByte(request.sql)
    const isFirst = leave === undefined && !statement.isOver
    if (isFirst) leave = await host.turnstile.enter()
    try {
      const filled = statement.fill(count)
      if (isFirst) host.submit(statement)
      await filled
    } finally {
      leaveIfOver()
    }
  }

  async function read(count: number) {
    if (!isClosed) await fill(count)
    const rows = isClosed ? [] : statement.take(count)
    const done = isClosed || (statement.isOver && !statement.hasRows)
    return { columns: statement.columns, rows, done, ...(done ? summaryOf(statement.commandTag) : {}) }
  }

  async function close(): Promise<void> {
    if (isClosed) return
    isClosed = true
    if (leave === undefined) return
    // The cancel request must be over too, or it could hit the next statement.
    // If it can't be sent, the rest of a long answer isn't worth waiting for.
    await Promise.all([host.cancel().catch(() => host.destroy()), statement.drain()])
    leaveIfOver()
  }

  return { read: (count) => inTurn(() => read(count)), close: () => inTurn(close) }
}

/** The command tag as the server said it, and the number at its end. */
export function summaryOf(tag: string | undefined): { command?: string; rowCount?: number } {
  if (tag === undefined) return {}
  const count = /(\d+)$/.exec(tag)?.[1]
  return count === undefined ? { command: tag } : { command: tag, rowCount: Number(count) }
}
