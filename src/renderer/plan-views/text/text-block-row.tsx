import { ChevronDown, ChevronRight } from 'lucide-react'
import type { Finding, Measure, PlanNode } from '#shared/plan/index.ts'
import { formatCount, formatFactor } from '#shared/units/index.ts'
import { FindingMarks } from '../findings/finding-marks.tsx'
import { formatMeasure, formatMeasureExactly } from '../format-measure.ts'
import type { NodeShare } from '../grid/shares.ts'
import type { TreeRow } from '../grid/tree-rows.ts'
import { Marked } from '../search/marked.tsx'
import { drawnIndent, splitIndent } from './indent.ts'
import type { ShownBlock } from './text-blocks.ts'

interface TextBlockRowProps {
  readonly block: ShownBlock
  readonly top: number
  /** Absent for lines about the statement. */
  readonly node: PlanNode | undefined
  readonly row: TreeRow | undefined
  readonly measure: Measure | undefined
  readonly share: NodeShare | undefined
  readonly findings: readonly Finding[] | undefined
  readonly parts: readonly string[]
  readonly isMatch: boolean | undefined
  readonly selected: boolean
  readonly onSelect: (nodeId: number) => void
  readonly onToggle: (nodeId: number) => void
}

const lineClass =
  'block h-[18px] whitespace-pre font-mono text-sm leading-[18px] [font-variant-ligatures:none]'

/** A node's lines with its figures in the margin; or lines about the statement. */
export function TextBlockRow(props: TextBlockRowProps) {
  const { block, top, node, row, selected, isMatch, parts } = props
  if (node === undefined) {
    return (
      <div role="presentation" className="absolute left-0 flex min-w-full text-ink-2" style={{ top }}>
        <span className={marginClass} />
        <span className="select-text pr-4">
          <Lines block={block} parts={[]} dim={false} />
        </span>
      </div>
    )
  }
  const hasChildren = node.childIds.length > 0
  const ground = selected ? 'bg-surface-3' : 'bg-surface-1 hover:bg-surface-2'
  return (
    <div
      id={`plan-text-${node.id}`}
      role="treeitem"
      aria-level={node.depth + 1}
      aria-selected={selected}
      {...(row === undefined ? {} : { 'aria-posinset': row.position, 'aria-setsize': row.siblings })}
      {...(hasChildren ? { 'aria-expanded': block.hiddenNodes === 0 } : {})}
      onClick={() => props.onSelect(node.id)}
      onDoubleClick={() => (hasChildren ? props.onToggle(node.id) : undefined)}
      className={`absolute left-0 flex min-w-full ${ground} ${isMatch === false || node.neverExecuted ? 'text-ink-3' : ''}`}
      style={{ top }}
    >
      <Margin {...props} node={node} />
      <span className="select-text pr-4">
        <Lines
          block={block}
          parts={isMatch === true ? parts : []}
          dim={isMatch === false || node.neverExecuted}
        />
      </span>
    </div>
  )
}

const marginClass =
  'sticky left-0 z-10 mr-2 flex w-52 font-sans shrink-0 @max-xl:w-40 items-start border-line border-r bg-inherit'

/** Own part of the measure as a bar and in words, how far the planner was off, and what was found. */
function Margin(props: TextBlockRowProps & { readonly node: PlanNode }) {
  const { node, block, measure, share, findings } = props
  const figure = measure?.exclusive(node)
  const off = node.misestimate
  return (
    <span data-margin="" className={marginClass} style={{ paddingTop: block.titleAt * 18 }}>
      <span className="flex h-[18px] w-full items-center gap-1.5 px-1.5 text-xs">
        <Fold {...props} />
        <span aria-hidden="true" className="h-1.5 w-12 shrink-0 rounded-sm bg-surface-2 @max-xl:hidden">
          <span
            className={`block h-full rounded-sm ${share === undefined ? '' : barColour[share.weight]}`}
            style={{ width: `${(share?.exclusive ?? 0) * 100}%` }}
          />
        </span>
        <span
          className="w-14 shrink-0 text-right text-ink-2"
          title={
            measure === undefined || figure === undefined
              ? undefined
              : `own ${measure.label.toLowerCase()}: ${formatMeasureExactly(measure.unit, figure)}`
          }
        >
          {node.neverExecuted
            ? 'never run'
            : measure === undefined || figure === undefined
              ? ''
              : formatMeasure(measure.unit, figure)}
        </span>
        {off !== undefined && off.factor >= worthSaying && measure?.id !== 'misestimate' && (
          <span
            className={`shrink-0 ${off.factor >= worthColour ? 'text-warn' : 'text-ink-2'}`}
            title={`${off.direction === 'under' ? 'more' : 'fewer'} rows came than the planner expected`}
          >
            {formatFactor(off.factor)}
            {off.direction === 'under' ? ' ↑' : ' ↓'}
          </span>
        )}
        {findings !== undefined && <FindingMarks findings={findings} />}
      </span>
    </span>
  )
}

/** The server's indent of a child. */
const columnsPerLevel = 6
const worthSaying = 2
const worthColour = 4
const barColour = { quiet: 'bg-accent', warm: 'bg-warn', hot: 'bg-bad' } as const

function Fold({ node, block, onToggle }: TextBlockRowProps & { readonly node: PlanNode }) {
  if (node.childIds.length === 0) return <span className="w-[13px] shrink-0" />
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className="shrink-0 text-ink-3 hover:text-ink"
      onClick={(event) => {
        event.stopPropagation()
        onToggle(node.id)
      }}
    >
      {block.hiddenNodes === 0 ? <ChevronDown size={13} /> : <ChevronRight size={13} />}
    </button>
  )
}

interface LinesProps {
  readonly block: ShownBlock
  readonly parts: readonly string[]
  /** All lines stand back, as their row does. */
  readonly dim: boolean
}

function Lines({ block, parts, dim }: LinesProps) {
  return block.lines.map((line, at) => {
    const { indent, text, cut } = splitIndent(line)
    return (
      // Lines of a block are drawn anew as a whole.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={at} className={`${lineClass} ${at === block.titleAt || dim ? '' : 'text-ink-2'}`}>
        {/* Narrower than the server's; copied, it is whole. */}
        <span
          className="inline-block overflow-hidden align-top"
          style={{ width: `${drawnIndent(indent.length)}ch` }}
        >
          {indent}
        </span>
        {cut > 0 && (
          <span className="text-ink-3">{`… ${formatCount(Math.round(cut / columnsPerLevel))} levels further in … `}</span>
        )}
        <Marked text={text} parts={parts} />
        {block.hiddenNodes > 0 && at === block.titleAt && (
          <span className="ml-2 rounded-sm border border-line-strong px-1 text-ink-3 text-xs">
            {block.hiddenNodes === 1 ? '1 node folded' : `${block.hiddenNodes} nodes folded`}
          </span>
        )}
      </span>
    )
  })
}
