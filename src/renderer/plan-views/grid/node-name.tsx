import { ChevronDown, ChevronRight } from 'lucide-react'
import { type Finding, type PlanNode, titleOf } from '#shared/plan/index.ts'
import { FindingMarks } from '../findings/finding-marks.tsx'
import type { GridLine } from './lines.ts'

const indentPx = 13
/** A deeper node is not indented further: its name must stay on the screen. */
const deepestIndent = 24

interface NodeNameProps {
  readonly line: GridLine
  readonly findings: readonly Finding[] | undefined
  readonly onToggle: (nodeId: number) => void
}

/** The first cell of a line: where the node stands in the tree, its name, and marks of what was found on it. */
export function NodeName({ line, findings, onToggle }: NodeNameProps) {
  const [node] = line.nodes
  if (line.nodes.length !== 1 || node === undefined || line.key !== `node-${node.id}`)
    return <GroupName line={line} />
  const { tree } = line
  const { name, using, target, text } = titleOf(node)
  const more = [using, target].filter((part) => part !== undefined).join(' ')
  const depth = tree === undefined ? 0 : Math.min(node.depth, deepestIndent)
  return (
    <span className="flex min-w-0 items-center" style={{ paddingLeft: depth * indentPx }}>
      {tree?.elbow !== undefined && node.childIds.length === 0 && (
        <span
          aria-hidden="true"
          className="mr-0.5 w-[13px] shrink-0 text-center font-mono text-line-strong text-xs"
        >
          {tree.elbow === 'last' ? '└' : '├'}
        </span>
      )}
      {tree !== undefined && <Fold node={node} expanded={tree.expanded} onToggle={onToggle} />}
      <span className="truncate" title={text}>
        {node.subplanName !== undefined && <span className="mr-1.5 text-ink-3">{node.subplanName}</span>}
        {name} {more !== '' && <span className="text-ink-2">{more}</span>}
      </span>
      {findings !== undefined && <FindingMarks findings={findings} />}
    </span>
  )
}

function GroupName({ line }: { readonly line: GridLine }) {
  const count = line.nodes.length
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="truncate" title={line.label}>
        {line.label}
      </span>
      <span className="shrink-0 text-ink-3 text-xs">{count === 1 ? '1 node' : `${count} nodes`}</span>
    </span>
  )
}

interface FoldProps {
  readonly node: PlanNode
  readonly expanded: boolean
  readonly onToggle: (nodeId: number) => void
}

/** For the pointer; the keyboard folds by arrows. */
function Fold({ node, expanded, onToggle }: FoldProps) {
  if (node.childIds.length === 0) return null
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className="mr-0.5 shrink-0 text-ink-3 hover:text-ink"
      onClick={(event) => {
        event.stopPropagation()
        onToggle(node.id)
      }}
    >
      {expanded ? <ChevronDown size={13} /> : <ChevronRight size={13} />}
    </button>
  )
}
