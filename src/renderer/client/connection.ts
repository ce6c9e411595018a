import { type ClientContext, type ClientLink, createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '#shared/contract/index.ts'
import { type OpenTransport, type Transport, TransportError } from './transport.ts'

export type Client = ContractRouterClient<typeof contract>

/** Whether the workbench can be reached from this page. */
export type LinkStatus =
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  /** Lost or refused; tried again at `nextAttemptAtMs`, never again if that is absent. */
  | { readonly status: 'unreachable'; readonly reason: string; readonly nextAttemptAtMs?: number }

/** The workbench can't be reached; calls fail with this until it can. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

export interface Connection {
  readonly client: Client
  status(): LinkStatus
  subscribe(listener: () => void): () => void
  /** How many calls were answered, and when the last one was. */
  answers(): { readonly count: number; readonly lastAtMs: number }
  /** Settles when the way is open; rejects only with the signal's reason. Opens it if nobody did. */
  whenOpen(signal: AbortSignal): Promise<void>
  /** Tries again at once. */
  retryNow(): void
  close(): void
}

const firstPauseMs = 300
const longestPauseMs = 5_000

/** A typed client whose transport is opened on first use and opened anew whenever it is lost. */
export function connect(openTransport: OpenTransport): Connection {
  const listeners = new Set<() => void>()
  const ending = new AbortController()
  let status: LinkStatus = { status: 'connecting' }
  let transport: Transport | undefined
  let running = false
  let wake = () => {}
  let answers = { count: 0, lastAtMs: Date.now() }

  const change = (next: LinkStatus) => {
    status = next
    // A copy: a listener may take itself off.
    for (const listener of Array.from(listeners)) listener()
  }

  const keepOpen = async () => {
    let pauseMs = firstPauseMs
    while (!ending.signal.aborted) {
      try {
        transport = await openTransport(ending.signal)
        pauseMs = firstPauseMs
        change({ status: 'open' })
        await transport.closed
        transport = undefined
        if (ending.signal.aborted) return
        change({ status: 'connecting' })
      } catch (error) {
        if (ending.signal.aborted) return
        const reason = error instanceof Error ? error.message : String(error)
        const isFinal = error instanceof TransportError && error.isFinal
        const wait = isFinal ? undefined : pauseMs
        change({
          status: 'unreachable',
          reason,
          ...(wait === undefined ? {} : { nextAttemptAtMs: Date.now() + wait }),
        })
        await pause(wait)
        pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      }
    }
  }

  const pause = (ms: number | undefined) =>
    new Promise<void>((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const start = () => {
    if (running) return
    running = true
    void keepOpen()
  }

  const whenOpen = (signal: AbortSignal, give: 'wait' | 'fail' = 'wait') =>
    new Promise<void>((resolve, reject) => {
      const settle = (end: () => void) => {
        listeners.delete(check)
        signal.removeEventListener('abort', onAbort)
        end()
      }
      const onAbort = () => settle(() => reject(signal.reason))
      const check = () => {
        if (status.status === 'open') settle(resolve)
        else if (status.status === 'unreachable' && give === 'fail') {
          const { reason } = status
          settle(() => reject(new UnreachableError(reason)))
        }
      }
      listeners.add(check)
      signal.addEventListener('abort', onAbort)
      start()
      if (signal.aborted) onAbort()
      else check()
    })

  const link: ClientLink<ClientContext> = {
    async call(path, input, options) {
      await whenOpen(options.signal ?? ending.signal, 'fail')
      const used = transport
      if (used === undefined) throw new UnreachableError('The workbench does not answer.')
      try {
        const answer = await used.link.call(path, input, options)
        answers = { count: answers.count + 1, lastAtMs: Date.now() }
        return answer
      } catch (error) {
        // A call that was under way when the connection broke: say that, not "aborted".
        if (used !== transport && options.signal?.aborted !== true) {
          throw new UnreachableError('The connection to the workbench broke while it was at work.', {
            cause: error,
          })
        }
        throw error
      }
    },
  }

  return {
    client: createORPCClient(link),
    status: () => status,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    answers: () => answers,
    whenOpen: (signal) => whenOpen(signal),
    retryNow: () => wake(),
    close() {
      ending.abort(new UnreachableError('The connection was closed.'))
      wake()
      transport?.close()
    },
  }
}
