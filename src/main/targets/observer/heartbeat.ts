import type { ServerClient } from '../server-client.ts'

/** How often an idle connection is asked for a sign of life, and how long it may take to give one. */
const intervalMs = 5_000
const patienceMs = 15_000

/**
 * Notices a server that vanished without a word: a dead network sends no end of connection. An empty statement costs
 * the server next to nothing. Call the answer to stop.
 */
export function startHeartbeat(client: ServerClient, onSilence: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  function wait(): void {
    timer = setTimeout(() => void beat(), intervalMs)
    timer.unref()
  }

  async function beat(): Promise<void> {
    timer = setTimeout(onSilence, patienceMs)
    timer.unref()
    // An error of the server is a sign of life as well; a lost connection is told to `onLost`.
    await client.query('', [], { prepareAs: 'heartbeat' }).catch(() => {})
    clearTimeout(timer)
    if (!isStopped) wait()
  }

  wait()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}
