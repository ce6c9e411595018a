import type { Log } from '#main/router/index.ts'
import { watchParent } from './parent.ts'

/** Whoever asks us to stop gets an empty process table within this time, come what may. */
const deadlineMs = 4_500
/** EX_SOFTWARE of sysexits.h. */
const unexpectedExitCode = 70

interface Shutdown {
  /** Aborts when somebody asked us to stop; long starts look at it. */
  readonly signal: AbortSignal
  /** Stops now. `exitCode` is what the process ends with. */
  now(exitCode: number): void
}

/**
 * Closes everything in order on SIGINT, SIGTERM, SIGHUP, on a failure that nobody caught, or when our launcher is gone,
 * then ends the process.
 * A second signal, or a close that takes too long, ends it at once: the demo server dies with us either way.
 *
 * @param exitCodeFor what to end with after a signal
 */
export function shutdownOnSignals(options: {
  readonly close: () => Promise<void>
  readonly log: Log
  readonly exitCodeFor?: (signal: NodeJS.Signals) => number
}): Shutdown {
  const controller = new AbortController()
  const now = (exitCode: number) => {
    if (controller.signal.aborted) process.exit(exitCode)
    controller.abort()
    setTimeout(() => {
      options.log.warn('closing took too long; the process was ended')
      process.exit(exitCode)
    }, deadlineMs).unref()
    options
      .close()
      .catch((error: unknown) => options.log.error('closing failed', error))
      .finally(() => process.exit(exitCode))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => now(options.exitCodeFor?.(signal) ?? 0))
  }
  watchParent(() => now(0))
  process.on('uncaughtException', (error) => {
    options.log.error('an unexpected failure ended the process', error)
    process.stderr.write(
      'barograph: something failed unexpectedly; what it was is in the log of the data folder\n',
    )
    now(unexpectedExitCode)
  })
  return { signal: controller.signal, now }
}
