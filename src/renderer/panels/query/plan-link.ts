/** A run's plan, and perhaps one of its nodes, as a link names it. */
export interface PlanLink {
  readonly runId: string
  readonly nodeId: number | undefined
}

/** Reads `#run=<id>&node=<id>`; `undefined` where a hash is something else. */
export function parsePlanLink(hash: string): PlanLink | undefined {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const runId = words.get('run')
  if (runId === null || runId === '') return undefined
  const node = words.get('node')
  return { runId, nodeId: node !== null && /^\d{1,9}$/.test(node) ? Number(node) : undefined }
}

export function formatPlanLink({ runId, nodeId }: PlanLink): string {
  return `#${new URLSearchParams({ run: runId, ...(nodeId === undefined ? {} : { node: String(nodeId) }) }).toString()}`
}

/** The whole address of a node of a run's plan, in this workbench. */
export function linkToNode(runId: string, nodeId: number): string {
  // Nothing of the query: it may hold what let this window in.
  return `${location.origin}${location.pathname}${formatPlanLink({ runId, nodeId })}`
}
