import { ChevronDown, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Plan, PlanNode } from '#shared/plan/index.ts'
import {
  formatCount,
  formatCountShort,
  formatDuration,
  formatFactor,
  formatPercent,
} from '#shared/units/index.ts'
import type { NodeShare } from './shares.ts'
import type { TreeRow } from './tree-rows.ts'

interface CellContext {
  readonly row: TreeRow
  readonly share: NodeShare | undefined
  readonly onToggle: (nodeId: number) => void
}

export interface PlanColumn {
  readonly id: string
  readonly title: string
  readonly width: string
  readonly numeric: boolean
  /** What hovering over the header says: unit and source. */
  readonly origin: string
  readonly render: (context: CellContext) => ReactNode
}

/** Below this width, what the inspector tells as well makes room for the nodes' names. */
const roomyPx = 760
const spare: ReadonlySet<string> = new Set(['inclusive', 'startup', 'reads', 'width'])

/** The columns that a plan has figures for: times where it was timed, estimates where it was only planned. */
export function planColumns(plan: Plan, widthPx: number): readonly PlanColumn[] {
  const node: PlanColumn = {
    id: 'node',
    title: 'Node',
    width: 'minmax(200px, 1fr)',
    numeric: false,
    origin: 'The steps of the plan, each above those it reads from',
    render: (context) => <NodeName {...context} />,
  }
  const share: PlanColumn = {
    id: 'share',
    title: plan.timed ? 'Time share' : 'Cost share',
    width: 'minmax(96px, 196px)',
    numeric: false,
    origin: plan.timed
      ? 'Dark: the node itself (exclusive); light: with everything below (inclusive); of the execution time'
      : 'Dark: the node itself; light: with everything below; of the estimated cost',
    render: (context) => <ShareBar share={context.share} />,
  }
  const figures = [
    ...(plan.timed ? timeColumns : costColumns),
    ...(plan.analyzed ? rowColumns : planRowColumns),
  ]
  const fitting = widthPx === 0 || widthPx >= roomyPx ? figures : figures.filter(({ id }) => !spare.has(id))
  return [node, share, ...fitting]
}

const figure = (
  id: string,
  title: string,
  width: string,
  origin: string,
  read: (node: PlanNode) => ReactNode,
): PlanColumn => ({ id, title, width, numeric: true, origin, render: ({ row }) => read(row.node) })

const timeColumns: readonly PlanColumn[] = [
  figure(
    'exclusive',
    'Exclusive',
    '72px',
    'Elapsed time of the node itself, without what it reads from',
    ({ exclusiveMs, exactness }) =>
      exclusiveMs === undefined ? null : (
        <Approximate exactness={exactness.exclusiveMs}>{formatDuration(exclusiveMs)}</Approximate>
      ),
  ),
  figure(
    'inclusive',
    'Inclusive',
    '72px',
    'Elapsed time with everything below: Actual Total Time × loops ÷ processes',
    ({ inclusiveMs, exactness }) =>
      inclusiveMs === undefined ? null : (
        <span className="text-ink-2">
          <Approximate exactness={exactness.inclusiveMs}>{formatDuration(inclusiveMs)}</Approximate>
        </span>
      ),
  ),
]

const costColumns: readonly PlanColumn[] = [
  figure('startup', 'Startup cost', '96px', 'Estimated cost before the first row', ({ startupCost }) =>
    startupCost === undefined ? null : <span className="text-ink-2">{formatCountShort(startupCost)}</span>,
  ),
  figure('total', 'Total cost', '84px', 'Estimated cost with everything below', ({ totalCost }) =>
    totalCost === undefined ? null : formatCountShort(totalCost),
  ),
]

const rowColumns: readonly PlanColumn[] = [
  figure(
    'rows',
    'Rows',
    '72px',
    'Rows it returned, over all loops and processes',
    ({ totalRows, exactness, neverExecuted }) =>
      neverExecuted ? (
        'never run'
      ) : totalRows === undefined ? null : (
        <Approximate exactness={exactness.totalRows}>{formatCount(Math.round(totalRows))}</Approximate>
      ),
  ),
  figure(
    'estimate',
    'Estimate',
    '84px',
    'Plan Rows × loops; or how far the planner was off, where that is twofold or more',
    (node) => <Estimate node={node} />,
  ),
  figure(
    'reads',
    'Reads',
    '52px',
    'Shared blocks it read itself, not found in shared buffers',
    ({ buffersExclusive, buffers }) => {
      const blocks = (buffersExclusive ?? buffers)?.sharedReadBlocks ?? 0
      return blocks === 0 ? null : <span className="text-ink-2">{formatCountShort(blocks)}</span>
    },
  ),
]

const planRowColumns: readonly PlanColumn[] = [
  figure('rows', 'Planned rows', '96px', 'Rows the planner expects, per loop and process', ({ planRows }) =>
    planRows === undefined ? null : formatCount(planRows),
  ),
  figure('width', 'Width', '72px', 'Expected bytes a row', ({ planWidthBytes }) =>
    planWidthBytes === undefined ? null : <span className="text-ink-2">{planWidthBytes} B</span>,
  ),
]

/** From this factor on, the misestimate is said instead of the estimate. */
const worthSaying = 2
const worthColour = 4

/** On the same footing as the rows beside it: the planner speaks of one loop of one process. */
function plannedTotal({ planRows, loops }: PlanNode): number | undefined {
  return planRows === undefined ? undefined : planRows * (loops ?? 1)
}

function Estimate({ node }: { readonly node: PlanNode }) {
  const { misestimate } = node
  const planned = plannedTotal(node)
  if (misestimate === undefined || misestimate.factor < worthSaying) {
    return planned === undefined ? null : <span className="text-ink-2">{formatCountShort(planned)}</span>
  }
  return (
    <span
      className={misestimate.factor >= worthColour ? 'text-warn' : 'text-ink-2'}
      title={planned === undefined ? undefined : `${formatCount(planned)} rows expected`}
    >
      {formatFactor(misestimate.factor)} {misestimate.direction}
    </span>
  )
}

function Approximate({
  exactness,
  children,
}: {
  readonly exactness: string | undefined
  readonly children: string
}) {
  if (exactness === undefined || exactness === 'exact') return children
  const why =
    exactness === 'bounded'
      ? 'lies in an interval: the server rounds means'
      : 'an estimate: the server does not split this'
  return (
    <span title={why}>
      <span className="text-ink-3">{exactness === 'bounded' ? '± ' : '≈ '}</span>
      {children}
    </span>
  )
}

const indentPx = 15
/** A deeper node is not indented further: its name must stay on the screen. */
const deepestIndent = 24

function NodeName({ row, onToggle }: CellContext) {
  const { node } = row
  const more = [node.title.using, node.title.target].filter((part) => part !== undefined).join(' ')
  const label = node.subplanName === undefined ? undefined : node.subplanName
  return (
    <span
      className="flex items-center"
      style={{ paddingLeft: Math.min(Math.max(0, node.depth - 1), deepestIndent) * indentPx }}
    >
      {row.elbow !== undefined && (
        <span aria-hidden="true" className="mr-1 w-[11px] shrink-0 font-mono text-line-strong text-xs">
          {row.elbow === 'last' ? '└' : '├'}
        </span>
      )}
      {node.childIds.length > 0 && (
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
          {row.expanded ? <ChevronDown size={13} /> : <ChevronRight size={13} />}
        </button>
      )}
      <span className="truncate" title={node.title.text}>
        {label !== undefined && <span className="mr-1.5 text-ink-3">{label}</span>}
        {node.title.name} {more !== '' && <span className="text-ink-2">{more}</span>}
      </span>
    </span>
  )
}

const barColour = { quiet: 'bg-accent', warm: 'bg-warn', hot: 'bg-bad' } as const

function ShareBar({ share }: { readonly share: NodeShare | undefined }) {
  if (share === undefined) return null
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="relative h-2 flex-1 rounded-sm bg-surface-2">
        <span
          className="absolute inset-y-0 left-0 rounded-sm bg-accent/30"
          style={{ width: `${share.inclusive * 100}%` }}
        />
        <span
          className={`absolute inset-y-0 left-0 rounded-sm ${barColour[share.weight]}`}
          style={{ width: `${share.exclusive * 100}%` }}
        />
      </span>
      <span className="w-[52px] shrink-0 text-right text-ink-2">{formatPercent(share.exclusive)}</span>
    </span>
  )
}
