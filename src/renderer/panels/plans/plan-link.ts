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
