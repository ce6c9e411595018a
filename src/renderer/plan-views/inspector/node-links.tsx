import { type Plan, type PlanNode, titleOf } from '#shared/plan/index.ts'
import { formatPercent } from '#shared/units/index.ts'

interface NodeLinksProps {
  readonly plan: Plan
  readonly node: PlanNode
  readonly onSelect: (nodeId: number) => void
}

interface Link {
  readonly nodeId: number
  readonly role: string
  readonly title: string
}

/** Where else this node's time is: with whoever pays for it, or in what it pays for. */
export function NodeLinks({ plan, node, onSelect }: NodeLinksProps) {
  const links = listLinks(plan, node)
  if (links.length === 0) return null
  return (
    <section>
      <h3 className="mb-1 text-ink-3 text-xs">Charged elsewhere</h3>
      <ul className="flex flex-col gap-0.5">
        {links.map(({ nodeId, role, title }) => {
          const other = plan.nodes[nodeId]
          return (
            <li key={`${role}:${nodeId}`} className="flex items-baseline justify-between gap-3" title={title}>
              <span className="shrink-0 text-ink-2">{role}</span>
              <button
                type="button"
                className="min-w-0 truncate text-right underline decoration-line-strong underline-offset-2 hover:decoration-ink"
                onClick={() => onSelect(nodeId)}
              >
                {other === undefined ? `node ${nodeId}` : titleOf(other).text}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function listLinks(plan: Plan, node: PlanNode): readonly Link[] {
  const payers = node.chargedTo
    .filter((charge) => charge.nodeId !== node.parentId)
    .map((charge) => ({
      nodeId: charge.nodeId,
      role: charge.share < 1 ? `paid by, ${formatPercent(charge.share)}` : 'paid by',
      title: 'its time is inside the node that reads it, not the one it is listed under',
    }))
  const paid = plan.nodes
    .filter((other) => other.parentId !== node.id && other.chargedTo.some(({ nodeId }) => nodeId === node.id))
    .map((other) => ({
      nodeId: other.id,
      role: 'pays for',
      title: 'the time of that node is inside this one, which reads it',
    }))
  return [...payers, ...paid]
}
