import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { measuresOf } from '#shared/plan/index.ts'
import { findingsByNode } from '../findings/finding-marks.tsx'
import { toggleFolded } from '../folding.ts'
import { computeShares } from '../grid/shares.ts'
import { buildTreeRows, moveInTree } from '../grid/tree-rows.ts'
import { drawnLength } from '../search/marked.tsx'
import { splitSearch } from '../search/search-plan.ts'
import type { PlanViewProps } from '../view-state.ts'
import { drawnIndent, splitIndent } from './indent.ts'
import { TextBlockRow } from './text-block-row.tsx'
import { buildTextBlocks, foldBlocks, type ShownBlock } from './text-blocks.ts'

export const linePx = 18
const paddingPx = 6
/** Of the monospaced font at this size. */
const characterPx = 7.2
/** The margin, and what is said of cut indents and folded nodes. */
const marginRoomPx = 420
/** As much of a title as tells which node it is. */
const titlePx = 260

/** The server's own text, with each node's own part of the measure in the margin; folds by node. */
export function PlanText({ document, state, matchIds, onChange }: PlanViewProps) {
  const { plan, raw, findings } = document
  const { collapsed, selectedId } = state
  const scroller = useRef<HTMLDivElement>(null)
  const blocks = useMemo(() => buildTextBlocks(raw, plan), [raw, plan])
  const shown = useMemo(() => foldBlocks(blocks, plan, collapsed), [blocks, plan, collapsed])
  const columns = useMemo(() => widestLine(shown), [shown])
  const rows = useMemo(() => buildTreeRows(plan, collapsed), [plan, collapsed])
  const rowOf = useMemo(() => new Map(rows.map((row) => [row.node.id, row])), [rows])
  const measure = useMemo(
    () => measuresOf(plan).find(({ id }) => id === state.measure),
    [plan, state.measure],
  )
  const shares = useMemo(() => (measure === undefined ? [] : computeShares(plan, measure)), [plan, measure])
  const parts = useMemo(() => splitSearch(state.search), [state.search])
  const matches = useMemo(() => matchIds && new Set(matchIds), [matchIds])
  const marks = findingsByNode(findings)
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (shown[index]?.lines.length ?? 1) * linePx,
    overscan: 12,
    paddingStart: paddingPx,
    paddingEnd: paddingPx,
  })
  // Sizes are known, not measured: another set of blocks has others.
  useEffect(() => virtual.measure(), [shown, virtual])

  const selectedIndex = shown.findIndex(({ nodeId }) => nodeId === selectedId)
  useEffect(() => {
    if (selectedIndex < 0) return
    virtual.scrollToIndex(selectedIndex, { align: 'auto' })
    if (scroller.current !== null) showSideways(scroller.current, shown[selectedIndex])
  }, [selectedIndex, virtual, shown])

  const toggle = (nodeId: number) => onChange({ collapsed: toggleFolded(collapsed, nodeId) })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const move = moveInTree(rows, selectedId, event.key, 10)
    if (move === undefined) return
    event.preventDefault()
    if (move.kind === 'select') onChange({ selectedId: move.nodeId })
    else toggle(move.nodeId)
  }
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Plan as text"
      aria-activedescendant={`plan-text-${selectedId}`}
      tabIndex={0}
      data-plan-focus=""
      onKeyDown={onKeyDown}
      className="@container min-h-0 flex-1 overflow-auto bg-surface-1 outline-offset-[-2px]"
    >
      <div
        role="presentation"
        className="relative min-w-full font-mono text-sm"
        style={{ height: virtual.getTotalSize(), width: `calc(${columns}ch + ${marginRoomPx}px)` }}
      >
        {virtual.getVirtualItems().map((item) => {
          const block = shown[item.index]
          if (block === undefined) return null
          const { nodeId } = block
          return (
            <TextBlockRow
              key={nodeId ?? `about-${item.index}`}
              block={block}
              top={item.start}
              node={nodeId === undefined ? undefined : plan.nodes[nodeId]}
              row={nodeId === undefined ? undefined : rowOf.get(nodeId)}
              measure={measure}
              share={nodeId === undefined ? undefined : shares[nodeId]}
              findings={nodeId === undefined ? undefined : marks.get(nodeId)}
              parts={parts}
              isMatch={matches === undefined || nodeId === undefined ? undefined : matches.has(nodeId)}
              selected={nodeId === selectedId}
              onSelect={(id) => onChange({ selectedId: id })}
              onToggle={toggle}
            />
          )
        })}
      </div>
    </div>
  )
}

/** In characters as they are drawn: lines that are not there yet have their room too. */
function widestLine(blocks: readonly ShownBlock[]): number {
  let widest = 0
  for (const { lines } of blocks)
    for (const line of lines) {
      const { indent, text } = splitIndent(line)
      widest = Math.max(widest, drawnIndent(indent.length) + drawnLength(text))
    }
  return widest
}

/** Brings the title of a deep node into sight: it stands far to the right. */
function showSideways(scroller: HTMLElement, block: ShownBlock | undefined): void {
  const title = block?.lines[block.titleAt] ?? ''
  const atPx = drawnIndent(title.length - title.trimStart().length) * characterPx
  const marginPx = scroller.querySelector('[data-margin]')?.clientWidth ?? 0
  const roomPx = scroller.clientWidth - marginPx
  const from = scroller.scrollLeft
  if (atPx < from || atPx + titlePx > from + roomPx) scroller.scrollLeft = Math.max(0, atPx - roomPx / 3)
}
