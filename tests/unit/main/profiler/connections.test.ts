import { describe, expect, it } from 'vitest'
import { createConnections } from '#main/profiler/connections.ts'
import type { ServerClient, TextResult } from '#main/targets/index.ts'
import type { ServerFacts } from '#shared/session/index.ts'

const server: ServerFacts = {
  version: '18.0',
  versionNum: 180_000,
  database: 'shop',
  user: 'ada',
  host: 'localhost',
  port: 5432,
  isSuperuser: false,
  isStandby: false,
  tls: undefined,
  encoding: 'UTF8',
  startedAtMs: 0,
  blockBytes: 8_192,
}

/** A connection that answers until it is told not to, and says whether it is still open. */
function openClient() {
  const client = { answers: true, isOpen: true }
  const end = () => {
    client.isOpen = false
  }
  const serverClient: ServerClient = {
    backendPid: 1,
    throughPooler: false,
    versionNum: server.versionNum,
    query: async (): Promise<TextResult> => {
      if (!client.answers) throw new Error('canceling statement due to statement timeout')
      return { columns: [], rows: [] }
    },
    openCursor: () => {
      throw new Error('nobody opens a cursor here')
    },
    onNotice: () => {},
    onLost: () => {},
    isLost: false,
    cancel: async () => {},
    close: async () => end(),
    ended: () => ({ committed: 0, rolledBack: 0 }),
    destroy: end,
  }
  return { client, serverClient }
}

describe('the connection that watches runs', () => {
  it('is closed when another takes its place, since it gave no answer', async () => {
    const opened: ReturnType<typeof openClient>[] = []
    const connections = createConnections({
      openClient: async () => {
        const next = openClient()
        opened.push(next)
        return next.serverClient
      },
      server: () => server,
      onOtherServer: () => {},
    })
    await connections.observer()
    await connections.observer()
    expect(opened.map(({ client }) => client.isOpen)).toEqual([true])
    for (const { client } of opened) client.answers = false
    await connections.observer()
    expect(opened.map(({ client }) => client.isOpen)).toEqual([false, true])
    await connections.release()
  })
})
