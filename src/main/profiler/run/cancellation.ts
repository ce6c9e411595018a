import type { ServerClient } from '#main/targets/index.ts'

/** The second attempt, by `pg_cancel_backend`, comes so long after the first; then again at growing distance. */
const secondAttemptMs = 500
const maxWaitMs = 5_000

/** What a cancel can be sent to: the statement in flight. */
export interface CancelTarget {
  readonly client: ServerClient
  readonly pid: number
  /** The second way in, if there is one. */
  readonly observer: ServerClient | undefined
}

/** Cancels the statement that a run has in flight, and nothing after it. */
export interface Cancellation {
  readonly isRequested: boolean
  /** Resolves when the server has been asked; does nothing where no statement is in flight. */
  request(): Promise<void>
  /** From now on a statement is in flight. If a cancel was asked for before, it goes out at once. */
  arm(target: CancelTarget): void
  /** The statement is over. Waits for requests on their way, since they would hit what comes next. */
  disarm(): Promise<void>
}

export function createCancellation(): Cancellation {
  let isRequested = false
  let target: CancelTarget | undefined
  let timer: NodeJS.Timeout | undefined
  const underway = new Set<Promise<unknown>>()

  async function send(work: () => Promise<unknown>): Promise<void> {
    // A request that fails is followed by the next; the statement's end is what tells.
    const sent = Promise.allSettled([work()])
    underway.add(sent)
    await sent
    underway.delete(sent)
  }

  function askAgainIn(waitMs: number): void {
    timer = setTimeout(() => {
      const { observer, client, pid } = target ?? {}
      if (target === undefined || pid === undefined) return
      const usable = observer !== undefined && !observer.isLost
      void send(async () =>
        usable ? await observer.query('SELECT pg_cancel_backend($1)', [String(pid)]) : await client?.cancel(),
      )
      askAgainIn(Math.min(waitMs * 2, maxWaitMs))
    }, waitMs)
  }

  async function cancelTarget(): Promise<void> {
    if (target === undefined || timer !== undefined) return
    const { client } = target
    askAgainIn(secondAttemptMs)
    await send(() => client.cancel())
  }

  return {
    get isRequested() {
      return isRequested
    },
    async request() {
      isRequested = true
      await cancelTarget()
    },
    arm(next) {
      target = next
      if (isRequested) void cancelTarget()
    },
    async disarm() {
      target = undefined
      clearTimeout(timer)
      timer = undefined
      await Promise.all(underway)
    },
  }
}
