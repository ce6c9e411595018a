import type { Finding } from '#shared/plan/index.ts'
import { severityIcons, severityInk } from './severity-look.ts'

/** That something was found on a node, said by the loudest finding's mark; the titles are on hover. */
export function FindingMarks({ findings }: { readonly findings: readonly Finding[] }) {
  const loudest = loudestOf(findings)
  if (loudest === undefined) return null
  const Icon = severityIcons[loudest.severity]
  const words = findings.map(({ title }) => title).join('; ')
  return (
    <span
      role="img"
      aria-label={`${loudest.severity}: ${words}`}
      title={words}
      className={`ml-1.5 inline-flex shrink-0 items-center gap-0.5 ${severityInk[loudest.severity]}`}
    >
      <Icon size={13} aria-hidden />
      {findings.length > 1 && <span className="text-xs">{findings.length}</span>}
    </span>
  )
}

const ranks = { critical: 0, warning: 1, info: 2 } as const

/** The finding that a mark speaks for. */
export function loudestOf(findings: readonly Finding[]): Finding | undefined {
  return findings.toSorted((a, b) => ranks[a.severity] - ranks[b.severity])[0]
}

const byNode = new WeakMap<readonly Finding[], ReadonlyMap<number, readonly Finding[]>>()

/** A plan's findings by the node to look at. */
export function findingsByNode(findings: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> {
  const known = byNode.get(findings)
  if (known !== undefined) return known
  const map = new Map<number, Finding[]>()
  for (const finding of findings) {
    if (finding.nodeId === undefined) continue
    const list = map.get(finding.nodeId)
    if (list === undefined) map.set(finding.nodeId, [finding])
    else list.push(finding)
  }
  byNode.set(findings, map)
  return map
}
