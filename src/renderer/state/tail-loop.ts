import { type Connection, UnreachableError } from '#renderer/client/index.ts'

/** How long the workbench may hold an answer back until there is news. */
export const tailWaitMs = 5_000

/** After an error that is not about reaching the workbench, so that a broken answer can't spin. */
const errorPauseMs = 300

export interface TailLoop {
  stop(): void
}

/**
 * Pulls news for as long as the window lives: one call in flight, the next after `rest`; waits for the
 * connection when it is lost.
 *
 * @param pull asks for what is new since its own cursor and takes it in; `reset` is true on the first call and after
 *   every reconnect (a restarted workbench counts from zero)
 * @param rest waits before the next pull, where news are not wanted at once; settles early when the loop stops
 */
export function startTailLoop(
  connection: Connection,
  pull: (reset: boolean, signal: AbortSignal) => Promise<void>,
  onError: (error: unknown) => void = () => {},
  rest: (signal: AbortSignal) => Promise<void> = () => Promise.resolve(),
): TailLoop {
  const ending = new AbortController()
  const { signal } = ending

  const loop = async () => {
    let reset = true
    while (!signal.aborted) {
      try {
        await connection.whenOpen(signal)
        await pull(reset, signal)
        reset = false
        await rest(signal)
      } catch (error) {
        if (signal.aborted) return
        reset = true
        if (error instanceof UnreachableError) continue
        onError(error)
        await new Promise((resolve) => setTimeout(resolve, errorPauseMs))
      }
    }
  }
  void loop()
  return { stop: () => ending.abort() }
}
