import { type OpenOptions, openServerClient, type ServerClient, ServerError } from '#main/targets/index.ts'
import type { TargetSettings } from '#shared/session/index.ts'
import type { Actor } from './story.ts'

export interface PerformOptions {
  readonly settings: TargetSettings
  readonly secret: Pick<OpenOptions, 'password'>
  readonly signal: AbortSignal
}

/** An actor rests at least this many times as long as its turn took: with ten of them, well below a core. */
const restFactor = 8
/** Failures in a row after which a story gives up. */
const patience = 6
const retryMs = 200

/** The story is being ended while an actor waits. */
class Ended extends Error {}

/**
 * Plays turn after turn until the signal comes. A connection that is lost (terminated by the user, say) is opened
 * again; a statement that fails is tried again; too many failures in a row end it with the error.
 */
export async function perform(actor: Actor, options: PerformOptions): Promise<void> {
  const { signal } = options
  const ended = () => signal.aborted
  let failures = 0
  while (!ended()) {
    let client: ServerClient | undefined
    let turn = 0
    try {
      client = await openServerClient(
        { ...options.settings, user: actor.role },
        {
          ...options.secret,
          applicationName: actor.name,
          ...(actor.sessionSettings === undefined ? {} : { sessionSettings: actor.sessionSettings }),
        },
      )
      const open = client
      const cancel = () => void open.cancel().catch(() => undefined)
      signal.addEventListener('abort', cancel)
      try {
        while (!ended()) {
          const startedAtMs = performance.now()
          let pausedMs = 0
          await actor.play(open, {
            turn,
            random: Math.random,
            pause: async (ms) => {
              pausedMs += ms
              await pause(ms, signal)
            },
          })
          failures = 0
          turn += 1
          const workedMs = performance.now() - startedAtMs - pausedMs
          await pause(Math.max(actor.pauseMs, workedMs * restFactor), signal)
        }
      } finally {
        signal.removeEventListener('abort', cancel)
      }
    } catch (error) {
      if (ended() || error instanceof Ended) return
      if (!isUsersDoing(error)) failures += 1
      if (failures >= patience) throw error
      await pause(retryMs * Math.max(1, failures), signal).catch(() => undefined)
    } finally {
      await close(client)
    }
  }
}

/** Cancelled or terminated by somebody who tries the workbench out: no failure of the story. */
function isUsersDoing(error: unknown): boolean {
  return error instanceof ServerError && (error.sqlState === '57014' || error.sqlState === '57P01')
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Ended())
    const end = () => {
      clearTimeout(timer)
      reject(new Ended())
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}

/** An open transaction ends with its connection; a server that does not answer must not hold us up. */
async function close(client: ServerClient | undefined): Promise<void> {
  if (client === undefined) return
  const timer = setTimeout(() => client.destroy(), 1_000)
  await client.close().catch(() => undefined)
  clearTimeout(timer)
}
