import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { Marked } from '../search/marked.tsx'
import { splitSearch } from '../search/search-plan.ts'
import type { PlanViewProps } from '../view-state.ts'
import { buildRawLines, type RawLine } from './raw-lines.ts'

const linePx = 18
const indentCh = 2
/** Deeper lines are not indented further: a chain of thousands of nodes would leave the screen. */
const deepestIndent = 80

/** Everything the server said, as JSON, with the selected node's lines in light. */
export function PlanRaw({ document, state, matchIds, onChange }: PlanViewProps) {
  const { raw, plan } = document
  const { selectedId } = state
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => buildRawLines(raw), [raw])
  const firstLines = useMemo(() => firstLineOfNodes(lines, plan.nodes.length), [lines, plan])
  const parts = useMemo(() => splitSearch(state.search), [state.search])
  const matches = useMemo(() => matchIds && new Set(matchIds), [matchIds])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => linePx,
    overscan: 20,
    paddingStart: 6,
    paddingEnd: 6,
    scrollPaddingStart: 60,
    scrollPaddingEnd: 60,
  })
  const first = firstLines[selectedId] ?? 0
  useEffect(() => virtual.scrollToIndex(first, { align: 'auto' }), [first, virtual])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const to = step === 0 ? undefined : plan.nodes[selectedId + step]
    if (step !== 0) event.preventDefault()
    if (to !== undefined) onChange({ selectedId: to.id })
  }
  return (
    <div
      ref={scroller}
      role="group"
      aria-label="Plan as JSON. Arrows go from node to node."
      tabIndex={0}
      data-plan-focus=""
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-auto bg-surface-1 font-mono text-sm [font-variant-ligatures:none] outline-offset-[-2px]"
    >
      <div className="relative w-max min-w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]
          if (line === undefined) return null
          const { nodeId, depth, text } = line
          const selected = nodeId === selectedId
          return (
            <div
              key={item.index}
              {...(nodeId === undefined ? {} : { onClick: () => onChange({ selectedId: nodeId }) })}
              className={`absolute left-0 min-w-full select-text whitespace-pre pr-4 leading-[18px] ${selected ? 'bg-surface-3' : ''}`}
              style={{
                top: item.start,
                height: linePx,
                paddingLeft: `calc(12px + ${Math.min(depth, deepestIndent) * indentCh}ch)`,
              }}
            >
              <RawText text={text} parts={nodeId !== undefined && matches?.has(nodeId) ? parts : []} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Keys stand back, values stand out. */
function RawText({ text, parts }: { readonly text: string; readonly parts: readonly string[] }) {
  const key = /^"(?:[^"\\]|\\.)*":/.exec(text)?.[0]
  if (key === undefined) return <Marked text={text} parts={parts} />
  return (
    <>
      <span className="text-ink-2">{key}</span>
      <Marked text={text.slice(key.length)} parts={parts} />
    </>
  )
}

function firstLineOfNodes(lines: readonly RawLine[], count: number): readonly number[] {
  const first: number[] = Array.from({ length: count }, () => -1)
  for (const [at, { nodeId }] of lines.entries()) {
    if (nodeId !== undefined && first[nodeId] === -1) first[nodeId] = at
  }
  return first
}
