import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useKnownBox } from '#renderer/kit/index.ts'
import { titleOf } from '#shared/plan/index.ts'
import { formatPercent } from '#shared/units/index.ts'
import { type Hover, HoverCard } from '../canvas/hover-card.tsx'
import { buildHoverFacts } from '../canvas/hover-facts.ts'
import { OutlinedCanvas } from '../canvas/outlined-canvas.tsx'
import { panOf } from '../canvas/pan-keys.ts'
import { usePalette } from '../canvas/use-palette.ts'
import { usePlanFigures } from '../canvas/use-plan-figures.ts'
import { walk } from '../canvas/walk.ts'
import { toggleFolded } from '../folding.ts'
import type { PlanViewProps } from '../view-state.ts'
import { describeHeld, describeMembers } from './card-words.ts'
import { buildGraphModel } from './graph-model.ts'
import type { GraphScene } from './graph-scene.ts'
import { createGraphView, type GraphHover, type GraphView, type GraphViewHandlers } from './graph-view.ts'
import { findingsByItem, hitsByItem, type ItemFindings } from './item-marks.ts'
import { Minimap, type MinimapHandle } from './minimap.tsx'
import { recallGraphView, rememberGraphView } from './remembered-view.ts'
import { useGraphScene } from './use-graph-scene.ts'

const nothingFound: ReadonlyMap<number, ItemFindings> = new Map()
const noGroups: ReadonlySet<number> = new Set()
const noHandlers: Pick<GraphViewHandlers, 'onHover' | 'onClick' | 'onDoubleClick'> = {
  onHover: () => {},
  onClick: () => {},
  onDoubleClick: () => {},
}
const help =
  'Up goes to the parent, down to the first child, left and right along the layer. Enter folds, w and Shift W walk the worst nodes, g opens a group, plus, minus, 0 and 1 zoom.'

/** The plan as a layered graph on a canvas: pan, zoom, fold; one card a node. */
export function PlanGraph({ document, state, matchIds, onChange }: PlanViewProps) {
  const { plan } = document
  const { selectedId, collapsed } = state
  const palette = usePalette()
  const { figures, visibleIds, listWorst } = usePlanFigures(plan, state)
  const [openGroups, setOpenGroups] = useState(() => recallGraphView(document)?.openGroups ?? noGroups)
  const [focused, setFocused] = useState(false)
  const [hover, setHover] = useState<Hover>()
  const model = useMemo(
    () => buildGraphModel(plan, figures, { collapsed, openGroups, selectedId }),
    [plan, figures, collapsed, openGroups, selectedId],
  )
  const canvas = useRef<HTMLCanvasElement>(null)
  const room = useKnownBox(canvas)
  const scene = useGraphScene(plan, figures, model, room)
  // By what is drawn: a layout of thousands of nodes comes a moment after its model.
  const hits = useMemo(() => scene && hitsByItem(scene.model, matchIds), [scene, matchIds])
  const findings = useMemo(
    () => (scene === undefined ? nothingFound : findingsByItem(scene.model, document.findings)),
    [scene, document],
  )
  const matches = useMemo(() => (matchIds === undefined ? undefined : new Set(matchIds)), [matchIds])

  const grid = useRef<HTMLDivElement>(null)
  const minimap = useRef<MinimapHandle>(null)
  const view = useRef<GraphView>(undefined)

  const select = (nodeId: number) => onChange({ selectedId: nodeId })
  const toggleFold = (nodeId: number) => {
    onChange({ collapsed: toggleFolded(collapsed, nodeId), selectedId: nodeId })
  }
  const toggleGroup = (ownerId: number) => setOpenGroups((before) => toggleFolded(before, ownerId))
  const itemOf = (item: number | undefined) => (item === undefined ? undefined : scene?.model.items[item])

  // What the canvas calls back is what this render knows.
  const latest = useRef({
    ...noHandlers,
    openGroups,
  })
  useEffect(() => {
    latest.current = {
      openGroups,
      onHover: (at) => setHover(scene === undefined ? undefined : describeHover(scene, at, findings)),
      onClick: (index) => {
        const item = itemOf(index)
        if (item?.kind === 'node') select(item.node.id)
        if (item?.kind === 'group' && !item.open) toggleGroup(item.owner.id)
      },
      onDoubleClick: (index) => {
        const item = itemOf(index)
        if (item?.kind === 'node' && item.node.childIds.length > 0) toggleFold(item.node.id)
        if (item?.kind === 'group' && item.open) toggleGroup(item.owner.id)
      },
    }
  })

  useEffect(() => {
    if (canvas.current === null) return
    const created = createGraphView(
      canvas.current,
      {
        onHover: (at) => latest.current.onHover(at),
        onClick: (item) => latest.current.onClick(item),
        onDoubleClick: (item) => latest.current.onDoubleClick(item),
        onPress: () => grid.current?.focus({ preventScroll: true }),
        onFrame: (viewport, size) => {
          minimap.current?.follow(viewport, size)
          rememberGraphView(document, { viewport, size, openGroups: latest.current.openGroups })
        },
      },
      recallGraphView(document)?.viewport,
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
    view.current?.setLook(palette, { selectedId, matches, hits, findings, focused })
  }, [palette, selectedId, matches, hits, findings, focused])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    const shown = view.current
    const pan = panOf(event)
    if (pan !== undefined) shown?.pan(...pan)
    else if (key === '+' || key === '=') shown?.zoom(1.25)
    else if (key === '-') shown?.zoom(0.8)
    else if (key === '0') shown?.fit()
    else if (key === '1') shown?.actualSize()
    else if (key === 'g') {
      const owner = groupAround(model, selectedId, plan.nodes[selectedId]?.parentId)
      if (owner === undefined) return
      toggleGroup(owner)
    } else {
      const step = walk({ plan, visibleIds, selectedId, collapsed, listWorst }, key)
      if (step === undefined) return
      if (step.kind === 'select') select(step.nodeId)
      else toggleFold(step.nodeId)
    }
    event.preventDefault()
  }

  return (
    <OutlinedCanvas
      testId="plan-graph"
      canvasRef={canvas}
      plan={plan}
      findings={document.findings}
      figures={figures}
      collapsed={collapsed}
      visibleIds={visibleIds}
      selectedId={selectedId}
      label="Plan as a graph"
      help={help}
      gridRef={grid}
      onKeyDown={onKeyDown}
      onFocusChange={setFocused}
      onSelect={select}
    >
      {scene !== undefined && (
        <Minimap
          scene={scene}
          palette={palette}
          handle={minimap}
          onCentre={(x, y) => view.current?.centre(x, y)}
        />
      )}
      <HoverCard hover={hover} />
    </OutlinedCanvas>
  )
}

/** The node whose wide group the selected node owns or is in. */
function groupAround(
  model: ReturnType<typeof buildGraphModel>,
  selectedId: number,
  parentId: number | undefined,
): number | undefined {
  const owners = model.items.filter((item) => item.kind === 'group').map((item) => item.owner.id)
  return owners.find((id) => id === selectedId) ?? owners.find((id) => id === parentId)
}

function describeHover(
  scene: GraphScene,
  hover: GraphHover | undefined,
  findings: ReadonlyMap<number, ItemFindings>,
): Hover | undefined {
  if (hover === undefined) return undefined
  const { plan, figures } = scene
  const { at, edge } = hover
  if (edge !== undefined) return { ...at, title: edge.title, note: undefined, found: [], facts: [] }
  const item = scene.model.items[hover.item ?? -1]
  if (item === undefined) return undefined
  const found = findings.get(hover.item ?? -1)?.titles ?? []
  if (item.kind === 'group') {
    const share =
      item.held.figure !== undefined && figures !== undefined && figures.whole > 0
        ? ` · ${formatPercent(item.held.figure / figures.whole)}`
        : ''
    return {
      ...at,
      title: `${describeMembers(item)} of ${titleOf(item.owner).text}`,
      note: `${describeHeld(figures, item.held)}${share}${item.open ? ' · double click closes' : ''}`,
      found,
      facts: [],
    }
  }
  return {
    ...at,
    title: titleOf(item.node).text,
    note:
      [item.node.subplanName, item.held && `holds ${describeHeld(figures, item.held)} · double click opens`]
        .filter((part) => part !== undefined)
        .join(' · ') || undefined,
    found,
    facts: buildHoverFacts(plan, item.node, figures),
  }
}
