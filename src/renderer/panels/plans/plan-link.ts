import { useEffect } from 'react'
import { changePlanView } from '#renderer/plan-views/index.ts'
import { useSession } from '#renderer/state/index.ts'
import { openKept } from './open-plans.ts'
import { documentId, show, useOpened } from './opened.ts'

/** A kept plan, and perhaps one of its nodes, as a link names it. */
export interface KeptPlanLink {
  readonly planId: string
  /** Which plan of the text, from 0. */
  readonly index: number
  readonly nodeId: number | undefined
}

const readCount = (text: string | null): number | undefined =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined

/** Reads `#plan=<id>&at=<index>&node=<id>`; `undefined` where a hash is something else. */
export function parseKeptPlanLink(hash: string): KeptPlanLink | undefined {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const planId = words.get('plan')
  if (planId === null || planId === '') return undefined
  return { planId, index: readCount(words.get('at')) ?? 0, nodeId: readCount(words.get('node')) }
}

/** The whole address of a node of a kept plan, in this workbench. */
export function linkToKeptNode({ planId, index, nodeId }: KeptPlanLink): string {
  const words = new URLSearchParams({
    plan: planId,
    ...(index === 0 ? {} : { at: String(index) }),
    ...(nodeId === undefined ? {} : { node: String(nodeId) }),
  })
  // Nothing of the query: it may hold what let this window in.
  return `${location.origin}${location.pathname}#${words.toString()}`
}

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
