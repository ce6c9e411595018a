import { create } from 'zustand'
import { client, connection, type LinkStatus } from '#renderer/client/index.ts'
import type { WorkbenchInfo, WorkbenchState } from '#shared/contract/index.ts'
import { keepUnchanged } from './keep-unchanged.ts'
import { startTailLoop, tailWaitMs } from './tail-loop.ts'

interface WorkbenchStore {
  /** Between this window and the workbench. */
  readonly link: LinkStatus
  readonly info: WorkbenchInfo | undefined
  /** Connection to the server, demo, observer, memory; undefined until the first answer. */
  readonly state: WorkbenchState | undefined
}

/** The workbench as this window knows it. */
export const useWorkbench = create<WorkbenchStore>(() => ({
  link: connection.status(),
  info: undefined,
  state: undefined,
}))

/** Starts watching; once per window. */
export function watchWorkbench(): () => void {
  const stopLink = connection.subscribe(() => useWorkbench.setState({ link: connection.status() }))
  const loop = startTailLoop(connection, async (reset, signal) => {
    if (reset) useWorkbench.setState({ info: await client.workbench.info(undefined, { signal }) })
    const after = reset ? 0 : (useWorkbench.getState().state?.cursor ?? 0)
    // The first answer after a reconnect must not wait for news.
    const waitMs = reset ? 0 : tailWaitMs
    const next = await client.workbench.tail({ after, waitMs }, { signal })
    useWorkbench.setState(({ state }) => ({ state: keepUnchanged(state, next) }))
  })
  return () => {
    stopLink()
    loop.stop()
  }
}

const absent = { status: 'disconnected' } as const

/** The connection to the server that is watched. */
export const useConnection = () => useWorkbench((store) => store.state?.connection ?? absent)

/** The server that can be worked with now: one is connected, and the workbench that holds it can be reached. */
export const useServer = () =>
  useWorkbench(({ link, state }) =>
    state?.connection.status === 'connected' && link.status !== 'unreachable'
      ? state.connection.server
      : undefined,
  )
