import { useEffect, useRef } from 'react'
import { changePlanView } from '#renderer/plan-views/index.ts'
import { notify, useSession } from '#renderer/state/index.ts'
import { parsePlanLink } from './plan-link.ts'

/**
 * Opens the run and selects the node that the window's address names: at the start, as soon as the session's runs are
 * known, and whenever the address changes.
 */
export function usePlanLink(openRun: (runId: string) => void): void {
  const loaded = useSession((store) => store.loaded)
  const open = useRef(openRun)
  useEffect(() => {
    open.current = openRun
  })
  useEffect(() => {
    if (!loaded) return undefined
    const follow = () => {
      const link = parsePlanLink(location.hash)
      if (link === undefined) return
      // A link leads somewhere once: going on from there is the reader's.
      history.replaceState(null, '', `${location.pathname}${location.search}`)
      if (!useSession.getState().runs.some(({ runId }) => runId === link.runId)) {
        notify({
          tone: 'warn',
          title: 'The link’s run is not in this session',
          text: 'It was removed, or it belongs to another session: open that one, then the link again.',
        })
        return
      }
      if (link.nodeId !== undefined) changePlanView(link.runId, { selectedId: link.nodeId })
      open.current(link.runId)
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [loaded])
}
