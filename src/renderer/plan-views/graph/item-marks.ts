import type { Finding, Severity } from '#shared/plan/index.ts'
import type { GraphItem, GraphModel } from './graph-model.ts'

/** What was found on a card's node, and on those inside it. */
export interface ItemFindings {
  /** The loudest one’s. */
  readonly severity: Severity
  readonly titles: readonly string[]
}

const loudness: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 }

/** Findings by the item that shows their node, or that holds it. */
export function findingsByItem(
  { itemOf }: Pick<GraphModel, 'itemOf'>,
  findings: readonly Finding[],
): ReadonlyMap<number, ItemFindings> {
  const found = new Map<number, ItemFindings>()
  for (const { nodeId, severity, title } of findings) {
    const item = nodeId === undefined ? undefined : itemOf[nodeId]
    if (item === undefined || item < 0) continue
    const before = found.get(item)
    found.set(item, {
      severity:
        before !== undefined && loudness[before.severity] > loudness[severity] ? before.severity : severity,
      titles: [...(before?.titles ?? []), title],
    })
  }
  return found
}

/** How many of the search's nodes each item shows or holds; undefined where nothing is searched for. */
export function hitsByItem(
  { itemOf, items }: Pick<GraphModel, 'itemOf' | 'items'>,
  matchIds: readonly number[] | undefined,
): Int32Array | undefined {
  if (matchIds === undefined) return undefined
  const hits = new Int32Array(items.length)
  for (const id of matchIds) {
    const item = itemOf[id] ?? -1
    if (item >= 0) hits[item] = (hits[item] ?? 0) + 1
  }
  return hits
}

/** “3 found inside”, for what is folded or grouped; nothing where no match is hidden. */
export function describeHits(item: GraphItem, hits: number, ownMatches: boolean): string {
  const hidden = item.kind === 'node' && ownMatches ? hits - 1 : hits
  return item.held === undefined || hidden <= 0 ? '' : `${hidden} found inside`
}
