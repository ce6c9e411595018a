import type { TargetSettings } from '#shared/session/index.ts'

/** A value as the server printed it; `null` is SQL NULL. */
export type TextValue = string | null

export interface ResultColumn {
  readonly name: string
  readonly typeOid: number
}

/** A result whose values are the server's own text. */
export interface TextResult {
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly (readonly TextValue[])[]
  /** `SELECT 5`, `UPDATE 3`: verb and count as the server said them; absent for an empty statement. */
  readonly command?: string
  readonly rowCount?: number
}

/** Hands out rows batch by batch: the server waits while nobody asks. */
export interface RowCursor {
  /**
   * The next rows, at most `count`; fewer (or none) mean the end.
   * `columns` are known from the first answer on. `command` is known at the end.
   */
  read(count: number): Promise<{
    readonly columns: readonly ResultColumn[]
    readonly rows: readonly (readonly TextValue[])[]
    readonly done: boolean
    readonly command?: string
    readonly rowCount?: number
  }>
  /**
   * Ends early or late; the connection is free afterwards. Rows that were not read yet are cancelled on the server,
   * which fails the transaction around them.
   */
  close(): Promise<void>
}

/**
 * How a cursor's statement is sent. `stream` (the default) executes it as any program does and stops reading the socket
 * while nobody asks: a portal with a row limit would keep the server from using parallel workers.
 * `simple` uses the simple protocol, for `EXPLAIN (GENERIC_PLAN)` alone: by the extended one its `$n` would have to be
 * bound. It takes no parameters, and it would take several statements: the caller makes sure that there is one.
 *
 * @source PostgreSQL manual, 15.2 "When Can Parallel Query Be Used?"
 */
export type CursorMode = 'stream' | 'simple'

export interface ServerNotice {
  readonly severity: string
  readonly message: string
}

/** Transactions that have come to an end, as the server counts them. */
export interface EndedTransactions {
  readonly committed: number
  readonly rolledBack: number
}

/**
 * One connection to a PostgreSQL server. The only door to the `pg` package.
 *
 * Server errors are thrown as `ServerError` (SQLSTATE, detail, hint, position), a lost connection as
 * `WorkbenchError` with code `CONNECTION_LOST`; a password never appears in either.
 */
export interface ServerClient {
  /** The server process behind this connection; behind a transaction pooler only while a transaction lasts. */
  readonly backendPid: number
  /** A pooler such as PgBouncer stands between: session settings and named statements can't be relied on. */
  readonly throughPooler: boolean
  readonly versionNum: number
  /** One statement over the extended protocol. `types` are type OIDs of the parameters, 0 = the server decides. */
  query(
    sql: string,
    parameters?: readonly TextValue[],
    options?: { readonly prepareAs?: string; readonly types?: readonly number[] },
  ): Promise<TextResult>
  openCursor(
    sql: string,
    parameters?: readonly TextValue[],
    types?: readonly number[],
    mode?: CursorMode,
  ): RowCursor
  /** Transactions that `query` has ended so far, with the one in which the server lets a connection in. */
  ended(): EndedTransactions
  onNotice(listener: (notice: ServerNotice) => void): void
  /** Called once when the connection ends without `close`. */
  onLost(listener: (cause: Error) => void): void
  readonly isLost: boolean
  /** Asks the server to cancel what this connection runs, over a connection of its own (CancelRequest). */
  cancel(): Promise<void>
  close(): Promise<void>
  /** Drops the socket at once, without the protocol's goodbye. */
  destroy(): void
}

export interface OpenOptions {
  readonly applicationName?: string
  readonly password?: string
  /** `SET`s applied right after the connection stands; left out through a pooler, where they'd reach other clients. */
  readonly sessionSettings?: Readonly<Record<string, string>>
}

/**
 * Opens one connection. Throws `WorkbenchError` `CONNECTION_FAILED` or `PASSWORD_NEEDED` with a
 * `ConnectionDiagnosis` in `data.diagnosis`.
 */
export type OpenServerClient = (settings: TargetSettings, options?: OpenOptions) => Promise<ServerClient>

/** An error the server reported. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  readonly sqlState: string
  readonly detail: string | undefined
  readonly hint: string | undefined
  /** 1-based character offset into the statement. */
  readonly position: number | undefined

  constructor(
    message: string,
    fields: {
      readonly sqlState: string
      readonly detail?: string | undefined
      readonly hint?: string | undefined
      readonly position?: number | undefined
      readonly cause?: unknown
    },
  ) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause })
    this.sqlState = fields.sqlState
    this.detail = fields.detail
    this.hint = fields.hint
    this.position = fields.position
  }
}
