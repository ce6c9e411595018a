import type { EventEmitter } from 'node:events'
import { DatabaseError, type FieldDef } from 'pg'
import type { CursorMode, ResultColumn, TextValue } from '../server-client.ts'
import { mayEndConnection, toServerError } from './errors.ts'

/** The part of `pg`'s connection that a statement writes to. */
export interface Wire extends EventEmitter {
  readonly stream: { pause(): void; resume(): void; cork(): void; uncork(): void }
  query(text: string): void
  parse(message: { readonly text: string; readonly name: string; readonly types: readonly number[] }): void
  bind(message: { readonly statement: string; readonly values: readonly TextValue[] }): void
  describe(message: { readonly type: 'P'; readonly name: string }): void
  execute(message: { readonly portal: string; readonly rows: number }): void
  sync(): void
  sendCopyFail(reason: string): void
}

export interface StatementRequest {
  readonly sql: string
  readonly parameters: readonly TextValue[]
  /** Type OIDs of the parameters; 0 or none = the server decides. */
  readonly types: readonly number[]
  /** Name on the server; empty = unnamed. */
  readonly name: string
  /** The server has parsed it under that name before. */
  readonly isParsed: boolean
  readonly mode: CursorMode
}

/** Who is told about the end of the connection; answers the error to throw. */
export interface LossWatch {
  readonly lose: (cause: unknown) => Error
  /** An error that often comes right before the end; `undefined` = it went on after all. */
  readonly hear: (lastWords: Error | undefined) => void
}

interface Waiting {
  readonly count: number
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/**
 * One statement on the wire, by the extended protocol, so that the server refuses several statements in one text.
 * `pg` calls the `handle…` methods; values stay the text that the server sent.
 */
export class Statement {
  readonly request: StatementRequest
  columns: readonly ResultColumn[] = []
  commandTag: string | undefined
  /** The server is ready for the next statement. */
  isOver = false
  error: Error | undefined
  #rows: (readonly TextValue[])[] = []
  #wire: Wire | undefined
  #waiting: Waiting | undefined
  #isDraining = false
  readonly #watch: LossWatch

  constructor(request: StatementRequest, watch: LossWatch) {
    this.request = request
    this.#watch = watch
  }

  /** Waits until `count` rows are here or the statement is over; throws its error. Then `take` them. */
  async fill(count: number): Promise<void> {
    if (this.error !== undefined) throw this.error
    if (this.isOver || this.#rows.length >= count) return
    await new Promise<void>((resolve, reject) => {
      this.#waiting = { count, resolve, reject }
      this.#wire?.stream.resume()
    })
  }

  take(count: number): readonly (readonly TextValue[])[] {
    return this.#rows.splice(0, count)
  }

  get hasRows(): boolean {
    return this.#rows.length > 0
  }

  /** Reads to the end and throws the rows away. Errors of the statement are not thrown. */
  async drain(): Promise<void> {
    this.#isDraining = true
    this.#rows = []
    await this.fill(Number.POSITIVE_INFINITY).catch(() => {})
  }

  // — called by pg —

  submit(wire: Wire): void {
    const { sql, parameters, types, name, isParsed, mode } = this.request
    this.#wire = wire
    if (mode === 'simple') {
      wire.query(sql)
      return
    }
    wire.stream.cork()
    try {
      if (!isParsed) wire.parse({ text: sql, name, types })
      wire.bind({ statement: name, values: parameters })
      wire.describe({ type: 'P', name: '' })
      wire.execute({ portal: '', rows: 0 })
      wire.sync()
    } finally {
      wire.stream.uncork()
    }
  }

  handleRowDescription(message: { readonly fields: readonly FieldDef[] }): void {
    this.columns = message.fields.map((field) => ({ name: field.name, typeOid: field.dataTypeID }))
  }

  handleDataRow(message: { readonly fields: readonly TextValue[] }): void {
    if (this.#isDraining) return
    this.#rows.push(message.fields)
    if (this.#waiting === undefined || this.#rows.length < this.#waiting.count) return
    // Nobody wants more: an unread socket makes the server wait.
    this.#wire?.stream.pause()
    this.#settle()
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.commandTag = message.text
  }

  handleEmptyQuery(): void {}

  /** The Sync that went before was swallowed as part of the data (manual, "COPY Operations"). */
  handleCopyInResponse(wire: Wire): void {
    wire.sendCopyFail('COPY FROM STDIN has no data here')
    wire.sync()
  }

  /** `COPY … TO STDOUT` runs; its rows are not kept. */
  handleCopyData(): void {}

  handleReadyForQuery(): void {
    this.isOver = true
    this.#wire?.stream.resume()
    this.#settle()
  }

  /** `pg` forgets the statement after an error, so the end of it is listened for here. */
  handleError(error: Error): void {
    const wire = this.#wire
    if (!(error instanceof DatabaseError) || wire === undefined) {
      this.#fail(this.#watch.lose(error))
      return
    }
    if (mayEndConnection(error)) this.#watch.hear(error)
    const onReady = (): void => {
      wire.off('end', onEnd)
      this.#watch.hear(undefined)
      this.#fail(toServerError(error))
    }
    const onEnd = (): void => {
      wire.off('readyForQuery', onReady)
      this.#fail(this.#watch.lose(error))
    }
    wire.once('readyForQuery', onReady)
    wire.once('end', onEnd)
    wire.stream.resume()
  }

  // — inside —

  #fail(error: Error): void {
    this.error = error
    this.isOver = true
    this.#settle()
  }

  #settle(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    if (this.error === undefined) waiting.resolve()
    else waiting.reject(this.error)
  }
}
