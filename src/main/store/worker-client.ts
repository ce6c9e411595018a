import { Worker } from 'node:worker_threads'
import { WorkbenchError } from '#shared/session/index.ts'
import { toWorkbenchError } from './explain-failure.ts'
import type { AnswerOf, InputOf, Reply, Request, StoreCall } from './protocol.ts'

/** The store's thread, seen from outside. */
export interface StoreThread {
  ask<Call extends StoreCall>(
    call: Call,
    input: InputOf<Call>,
    transfer?: readonly ArrayBuffer[],
  ): Promise<AnswerOf<Call>>
  /** Resolves once the thread has ended. Ask it to `close` first. */
  ended(): Promise<void>
}

interface Pending {
  readonly resolve: (answer: never) => void
  readonly reject: (error: unknown) => void
}

export function startStoreThread(): StoreThread {
  // As TypeScript in tests, as a flat neighbour of its starter once built.
  const entry = import.meta.url.endsWith('.ts') ? './store-worker.ts' : './store-worker.js'
  const worker = new Worker(new URL(entry, import.meta.url), { name: 'store', execArgv: [] })
  const pending = new Map<number, Pending>()
  let lastId = 0
  let hasEnded = false

  const settle = (id: number) => {
    const waiting = pending.get(id)
    pending.delete(id)
    // An idle thread must not keep the process alive; one with work must.
    if (pending.size === 0) worker.unref()
    return waiting
  }
  worker.unref()
  worker.on('message', (reply: Reply) => {
    const waiting = settle(reply.id)
    if (waiting === undefined) return
    if ('answer' in reply) {
      waiting.resolve(reply.answer as never)
      return
    }
    waiting.reject(toWorkbenchError(reply.failure))
  })
  const end = (cause: unknown) => {
    hasEnded = true
    // A map may lose entries while it is walked.
    for (const id of pending.keys()) settle(id)?.reject(threadGone(cause))
  }
  worker.on('error', end)
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      end(undefined)
      resolve()
    })
  })

  return {
    ask(call, input, transfer = []) {
      if (hasEnded) return Promise.reject(threadGone(undefined))
      lastId += 1
      const request: Request = { id: lastId, call, input }
      return new Promise((resolve, reject) => {
        pending.set(request.id, { resolve, reject })
        worker.ref()
        worker.postMessage(request, [...transfer])
      })
    },
    async ended() {
      if (!hasEnded) worker.ref()
      await exited
    },
  }
}

function threadGone(cause: unknown): WorkbenchError {
  return new WorkbenchError('INTERNAL', 'The session file is closed.', {
    advice: 'Start the workbench again; what was stored is safe.',
    cause,
  })
}
