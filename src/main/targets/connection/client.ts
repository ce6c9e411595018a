import type { Client, Submittable } from 'pg'
import type { WorkbenchError } from '#shared/session/index.ts'
import {
  type ServerClient,
  ServerError,
  type ServerNotice,
  type TextResult,
  type TextValue,
} from '../server-client.ts'
import { createCursor, summaryOf } from './cursor.ts'
import { connectionLost, refuseNullByte } from './errors.ts'
import { createNames } from './names.ts'
import { Statement, type StatementRequest } from './statement.ts'
import { createTurnstile } from './turnstile.ts'

export interface ClientHost {
  readonly client: Client
  readonly cancel: () => Promise<void>
  readonly destroy: () => void
  readonly notices: NoticeBoard
}

export interface ServerIdentity {
  readonly backendPid: number
  readonly versionNum: number
  readonly throughPooler: boolean
}

/** The `ServerClient` over a connected `pg` client; `identify` is asked once, before anybody else may ask. */
export async function createServerClient(
  host: ClientHost,
  identify: (query: ServerClient['query']) => Promise<ServerIdentity>,
): Promise<ServerClient> {
  const { client } = host
  const turnstile = createTurnstile()
  const names = createNames()
  const lostListeners = new Set<(cause: Error) => void>()
  let loss: WorkbenchError | undefined
  let lastWords: Error | undefined
  let isClosing = false
  let committed = 1
  let rolledBack = 0

  function lose(cause: unknown): WorkbenchError {
    if (loss !== undefined) return loss
    loss = connectionLost(lastWords ?? cause)
    host.destroy()
    if (!isClosing) for (const listener of lostListeners) listener(loss)
    return loss
  }
  const watch = {
    lose,
    hear: (words: Error | undefined) => {
      lastWords = words
    },
  }
  client.on('error', lose)
  client.on('end', () => lose(undefined))

  function submit(statement: Statement): void {
    if (loss === undefined) client.query(statement as unknown as Submittable)
    else statement.handleError(loss)
  }

  async function run(request: StatementRequest): Promise<TextResult> {
    refuseNullByte(request.sql)
    const statement = new Statement(request, watch)
    const leave = await turnstile.enter()
    try {
      const filled = statement.fill(Number.POSITIVE_INFINITY)
      submit(statement)
      await filled
      if (client.getTransactionStatus() === 'I') committed += 1
    } catch (error) {
      if (error instanceof ServerError && client.getTransactionStatus() === 'I') rolledBack += 1
      throw error
    } finally {
      leave()
    }
    return {
      columns: statement.columns,
      rows: statement.take(Number.POSITIVE_INFINITY),
      ...summaryOf(statement.commandTag),
    }
  }

  async function query(
    sql: string,
    parameters: readonly TextValue[] = [],
    options: { readonly prepareAs?: string; readonly types?: readonly number[] } = {},
  ): Promise<TextResult> {
    const request = { sql, parameters, types: options.types ?? [], mode: 'stream' } as const
    if (options.prepareAs === undefined || identity.throughPooler) {
      return await run({ ...request, name: '', isParsed: false })
    }
    const isInTransaction = (): boolean => client.getTransactionStatus() !== 'I'
    return await names.run(options.prepareAs, sql, isInTransaction, (named) => run({ ...request, ...named }))
  }

  let identity: ServerIdentity = { backendPid: 0, versionNum: 0, throughPooler: false }
  identity = await identify(query)

  return {
    ...identity,
    query,
    openCursor: (sql, parameters = [], types = [], mode = 'stream') =>
      createCursor(
        { turnstile, watch, submit, cancel: host.cancel, destroy: host.destroy },
        { sql, parameters, types, mode },
      ),
    ended: () => ({ committed, rolledBack }),
    onNotice: host.notices.listen,
    onLost(listener) {
      if (loss === undefined) lostListeners.add(listener)
      else if (!isClosing) queueMicrotask(() => listener(loss ?? connectionLost(undefined)))
    },
    get isLost() {
      return loss !== undefined
    },
    cancel: host.cancel,
    async close() {
      if (isClosing) return
      isClosing = true
      await endGently(client, host.destroy)
    },
    destroy() {
      isClosing = true
      host.destroy()
    },
  }
}

/** Says goodbye, but doesn't wait for a network that is gone. */
async function endGently(client: Client, destroy: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 2_000)
  })
  await Promise.race([client.end(), patience])
  clearTimeout(timer)
  destroy()
}

/** Keeps notices until somebody listens: some come while connecting. */
export interface NoticeBoard {
  readonly listen: (listener: (notice: ServerNotice) => void) => void
}

export function createNoticeBoard(client: Client): NoticeBoard {
  const listeners = new Set<(notice: ServerNotice) => void>()
  let early: ServerNotice[] = []
  client.on('notice', (message) => {
    const notice = { severity: message.severity ?? 'NOTICE', message: message.message ?? '' }
    if (listeners.size === 0 && early.length < 100) early.push(notice)
    for (const listener of listeners) listener(notice)
  })
  return {
    listen(listener) {
      listeners.add(listener)
      for (const notice of early) listener(notice)
      early = []
    },
  }
}
