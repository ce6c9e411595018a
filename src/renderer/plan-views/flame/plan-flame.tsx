import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type Finding, type PlanNode, titleOf } from '#shared/plan/index.ts'
import { formatPercent } from '#shared/units/index.ts'
import { formatFigure } from '../canvas/format-figure.ts'
import type { Point } from '../canvas/gestures.ts'
import { type Hover, HoverCard } from '../canvas/hover-card.tsx'
import { buildHoverFacts } from '../canvas/hover-facts.ts'
import { OutlinedCanvas } from '../canvas/outlined-canvas.tsx'
import { panOf } from '../canvas/pan-keys.ts'
import { usePalette } from '../canvas/use-palette.ts'
import { usePlanFigures } from '../canvas/use-plan-figures.ts'
import { walk } from '../canvas/walk.ts'
import { findingsByNode } from '../findings/finding-marks.tsx'
import { formatMeasureExactly } from '../format-measure.ts'
import type { PlanViewProps } from '../view-state.ts'
import { Breadcrumb } from './breadcrumb.tsx'
import { buildFlameScene, describeFlame } from './flame-scene.ts'
import { createFlameView, type FlameView, type FlameViewHandlers } from './flame-view.ts'
import { type FlameScene, nameOf } from './paint-flame.ts'
import { recallFlameView, rememberFlameView } from './remembered-flame.ts'

const nothingFolded: ReadonlySet<number> = new Set()
const noHandlers: Pick<FlameViewHandlers, 'onHover' | 'onClick' | 'onDoubleClick'> = {
  onHover: () => {},
  onClick: () => {},
  onDoubleClick: () => {},
}
const help =
  'Up goes to the parent, down to the first child, left and right along the layer. Enter shows the node at full width, Escape goes back out, w and Shift W walk the worst nodes, plus, minus and 0 zoom.'

/** The plan as an icicle on a canvas: each block as wide as what it costs with everything below. */
export function PlanFlame({ document, state, matchIds, onChange }: PlanViewProps) {
  const { plan } = document
  const { selectedId } = state
  const palette = usePalette()
  // Nothing folds here: a block that is too narrow is looked at by zooming.
  const { figures, visibleIds, listWorst } = usePlanFigures(plan, { ...state, collapsed: nothingFolded })
  const scene = useMemo(() => buildFlameScene(plan, figures), [plan, figures])
  const findings = findingsByNode(document.findings)
  const matches = useMemo(() => (matchIds === undefined ? undefined : new Set(matchIds)), [matchIds])
  const [zoomedId, setZoomedId] = useState(() => recallFlameView(document)?.zoomedId)

  const [hover, setHover] = useState<Hover>()

  const canvas = useRef<HTMLCanvasElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const view = useRef<FlameView>(undefined)

  const select = (nodeId: number) => onChange({ selectedId: nodeId })
  const zoomTo = (nodeId: number | undefined) => {
    const block = nodeId === undefined ? -1 : (scene?.model.blockOf[nodeId] ?? -1)
    setZoomedId(block < 0 || nodeId === 0 ? undefined : nodeId)
    view.current?.zoomTo(block < 0 ? undefined : block)
  }
  const zoomOut = () => {
    const block =
      zoomedId === undefined ? undefined : scene?.model.blocks[scene.model.blockOf[zoomedId] ?? -1]
    const above = scene?.model.blocks[block?.parent ?? -1]
    zoomTo(above?.kind === 'node' ? above.nodeId : undefined)
  }

  // What the canvas calls back is what this render knows.
  const latest = useRef({ ...noHandlers, zoomedId })
  useEffect(() => {
    latest.current = {
      zoomedId,
      onHover: (at, block) =>
        setHover(scene === undefined ? undefined : describeHover(scene, at, block, findings)),
      onClick: (index) => {
        const block = scene?.model.blocks[index ?? -1]
        if (block?.kind === 'node') select(block.nodeId)
      },
      onDoubleClick: (index) => {
        const block = scene?.model.blocks[index ?? -1]
        zoomTo(block?.kind === 'node' ? block.nodeId : undefined)
      },
    }
  })
  useEffect(() => {
    if (canvas.current === null) return
    const created = createFlameView(
      canvas.current,
      {
        onHover: (at, block) => latest.current.onHover(at, block),
        onClick: (block) => latest.current.onClick(block),
        onDoubleClick: (block) => latest.current.onDoubleClick(block),
        onPress: () => grid.current?.focus({ preventScroll: true }),
        onFrame: (window, size) =>
          rememberFlameView(document, { window, size, zoomedId: latest.current.zoomedId }),
      },
      recallFlameView(document)?.window,
    )
    view.current = created
    return () => {
      created.dispose()
      view.current = undefined
    }
  }, [document])
  useEffect(() => {
    if (scene !== undefined) view.current?.setScene(scene, selectedId)
  }, [scene, selectedId])
  useEffect(() => {
    view.current?.setLook(palette, { selectedId, matches, findings })
  }, [palette, selectedId, matches, findings])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    const pan = panOf(event)
    if (pan !== undefined) view.current?.pan(...pan)
    else if (key === 'Enter') zoomTo(selectedId)
    else if ((key === 'Escape' && zoomedId !== undefined) || key === 'Backspace') zoomOut()
    else if (key === '+' || key === '=') view.current?.zoom(1.4)
    else if (key === '-') view.current?.zoom(1 / 1.4)
    else if (key === '0') zoomTo(undefined)
    else {
      const step = walk({ plan, visibleIds, selectedId, collapsed: nothingFolded, listWorst }, key)
      if (step?.kind !== 'select') return
      select(step.nodeId)
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex h-[26px] shrink-0 items-center gap-3 border-line border-b px-3 text-xs">
        <Breadcrumb scene={scene} zoomedId={zoomedId} onZoom={zoomTo} />
        <p className="min-w-0 truncate text-ink-3" title={scene && describeFlame(scene)}>
          {scene === undefined ? 'This plan has no figures to draw widths from' : describeFlame(scene)}
        </p>
      </div>
      <OutlinedCanvas
        testId="plan-flame"
        canvasRef={canvas}
        plan={plan}
        findings={document.findings}
        figures={figures}
        collapsed={nothingFolded}
        visibleIds={visibleIds}
        selectedId={selectedId}
        label="Plan as an icicle"
        help={help}
        gridRef={grid}
        onKeyDown={onKeyDown}
        onSelect={select}
      >
        <HoverCard hover={hover} />
      </OutlinedCanvas>
    </div>
  )
}

function describeHover(
  scene: FlameScene,
  at: Point | undefined,
  index: number | undefined,
  findings: ReadonlyMap<number, readonly Finding[]>,
): Hover | undefined {
  const block = scene.model.blocks[index ?? -1]
  if (block === undefined || at === undefined) return undefined
  const { unit } = scene.size.measure
  const width = `${formatFigure(unit, block.width)} · ${formatPercent(block.width / scene.model.total)}`
  if (block.kind !== 'node') {
    const note = block.kind === 'whole' ? 'everything side by side below' : partNotes[block.part ?? 'tree']
    return {
      ...at,
      title: nameOf(scene, block),
      note: undefined,
      found: [],
      facts: [
        {
          label: 'time',
          value: width,
          formula: `${formatMeasureExactly(unit, block.width)} · ${note}`,
          trust: undefined,
        },
      ],
    }
  }
  const node = scene.plan.nodes[block.nodeId]
  if (node === undefined) return undefined
  const found = (findings.get(node.id) ?? []).map(({ title }) => title)
  const share =
    block.share < 0.9995
      ? `${formatPercent(block.share)} of ${nodeName(node)} is paid here`
      : node.subplanName
  return {
    ...at,
    title: titleOf(node).text,
    note: share,
    found,
    facts: [
      {
        label: `${scene.size.measure.label.toLowerCase()}, width`,
        value: width,
        formula: 'own and what is charged to it, of everything here',
        trust: undefined,
      },
      ...buildHoverFacts(scene.plan, node, scene.colour),
    ],
  }
}

function nodeName(node: PlanNode): string {
  return node.subplanName ?? 'it'
}

const partNotes = {
  planning: 'Planning Time',
  tree: 'Actual Total Time of the root',
  apart: 'subtrees that nobody waits for',
  triggers: 'Time of triggers behind the tree',
  jit: 'Generation, before the tree starts',
  serialization: 'Serialization Time',
  unaccounted: 'Execution Time less everything that is told: start, stop, sending rows',
} as const
