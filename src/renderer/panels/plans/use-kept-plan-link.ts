import { useEffect } from 'react'
import { changePlanView } from '#renderer/plan-views/index.ts'
import { useSession } from '#renderer/state/index.ts'
import { openKept } from './open-plans.ts'
import { documentId, show, useOpened } from './opened.ts'
import { type KeptPlanLink, parseKeptPlanLink } from './plan-link.ts'

/** The session's lists, once they have been read. */
function whenListed(): Promise<void> {
  if (useSession.getState().loaded) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = useSession.subscribe(({ loaded }) => {
      if (!loaded) return
      stop()
      resolve()
    })
  })
}

/** Opens what a link names: the plan, and the node in it. */
async function followKeptPlanLink({ planId, index, nodeId }: KeptPlanLink): Promise<void> {
  await whenListed()
  await openKept(planId)
  const { shown } = useOpened.getState()
  if (shown.kind !== 'plans' || shown.opened.id !== planId) return
  if (shown.opened.found[index] === undefined) return
  show({ ...shown, index })
  if (nodeId !== undefined) changePlanView(documentId(shown.opened, index), { selectedId: nodeId })
}

/** Goes where the window's address leads, at the start and whenever it changes. */
export function useKeptPlanLink(): void {
  useEffect(() => {
    const follow = (): void => {
      const link = parseKeptPlanLink(location.hash)
      if (link !== undefined) void followKeptPlanLink(link)
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
}
