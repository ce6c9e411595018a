import type { OpenOptions, ServerClient, ServerNotice } from '#main/targets/index.ts'
import type { ServerFacts } from '#shared/session/index.ts'
import { type ObserverConnection, openObserver } from './observer/connection.ts'

/** The two connections of a profiler: one runs statements, one watches. Both are kept warm between runs. */
export interface Connections {
  /** `isNew` is false where the session of an earlier run goes on. */
  run(): Promise<{ readonly client: ServerClient; readonly isNew: boolean }>
  observer(): Promise<ObserverConnection>
  /** Who hears the server's notices on the run's connection; one at a time. */
  listen(listener: ((notice: ServerNotice) => void) | undefined): void
  /** A run has ended: after some idle minutes the connections are closed. */
  rest(): void
  /** Closes both; the next run opens them anew. */
  release(): Promise<void>
}

/**
 * What the server knows runs by. It does not begin as the names of the workbench's own connections do: what somebody
 * runs is load like any other, and is recorded.
 */
export const runApplication = 'query in barograph'

const idleMs = 10 * 60_000

export function createConnections(host: {
  openClient(options: OpenOptions): Promise<ServerClient>
  server(): ServerFacts
  /** The connections now lead to another server. */
  onOtherServer(): void
}): Connections {
  let client: ServerClient | undefined
  let observer: ObserverConnection | undefined
  let leadsTo: string | undefined
  let listener: ((notice: ServerNotice) => void) | undefined
  let timer: NodeJS.Timeout | undefined

  async function release(): Promise<void> {
    clearTimeout(timer)
    const open = [client, observer?.client].filter((each) => each !== undefined)
    client = undefined
    observer = undefined
    await Promise.allSettled(open.map((each) => each.close()))
  }

  /** Connections to the server of before, or to the same one before it was started anew, are of no use. */
  async function leaveOtherServer(): Promise<void> {
    clearTimeout(timer)
    const { host: name, port, database, user, startedAtMs } = host.server()
    const key = JSON.stringify([name, port, database, user, startedAtMs])
    if (key === leadsTo) return
    leadsTo = key
    host.onOtherServer()
    await release()
  }

  return {
    async run() {
      await leaveOtherServer()
      if (client !== undefined && !client.isLost) return { client, isNew: false }
      const opened = await host.openClient({ applicationName: runApplication })
      opened.onNotice((notice) => listener?.(notice))
      client = opened
      return { client, isNew: true }
    },
    async observer() {
      if (observer !== undefined && (await answers(observer.client))) return observer
      observer?.client.destroy()
      observer = await openObserver((options) => host.openClient(options), host.server().versionNum)
      return observer
    },
    listen(next) {
      listener = next
    },
    rest() {
      clearTimeout(timer)
      timer = setTimeout(() => void release(), idleMs)
      timer.unref()
    },
    release,
  }
}

/** A connection that was idle for long may have died without a sign; asking also wakes its process up. */
async function answers(client: ServerClient): Promise<boolean> {
  if (client.isLost) return false
  return await client.query('SELECT 1').then(
    () => true,
    () => false,
  )
}
