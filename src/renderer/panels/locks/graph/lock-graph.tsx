import {
  type Edge,
  MarkerType,
  type Node,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { Spinner } from '#renderer/kit/index.ts'
import { selectProcess, useLocks } from '../locks-state.ts'
import type { LockPicture } from '../picture.ts'
import { createGraphMemory } from './graph-memory.ts'
import { linksOf, listArrows } from './graph-model.ts'
import { nodeHeight, nodeWidth, type Places, type Point, sidesBetween } from './place-nodes.ts'
import { ProcessNode, type ProcessNodeData } from './process-node.tsx'
import { requestLayout } from './request-layout.ts'
import { arrivals, isInSight } from './view.ts'

/** More processes than these are no picture any more. */
export const mostNodes = 150
/** More arrows than these are drawn without their modes, which the processes tell as well. */
const mostLabels = 40

const nodeTypes = { process: ProcessNode }
const hidden = { hideAttribution: true }
/** Lives as long as the window: while nobody waits there is no graph. */
const memory = createGraphMemory()

/** Who waits points to whom it waits for. What stands keeps its place while others come and go. */
export function LockGraph({ picture }: { readonly picture: LockPicture }) {
  return (
    <ReactFlowProvider>
      <Graph picture={picture} />
    </ReactFlowProvider>
  )
}

function Graph({ picture }: { readonly picture: LockPicture }) {
  const selectedPid = useLocks((state) => state.selectedPid)
  const arrows = useMemo(() => listArrows(picture), [picture])
  const places = usePlaces(picture, arrows)
  const { setCenter, getZoom } = useReactFlow()
  useSight(places)

  if (places === undefined) {
    return (
      <div className="grid h-full place-items-center text-ink-3">
        <Spinner />
      </div>
    )
  }
  const shown = picture.processes.filter(({ key }) => places.has(key))
  const entry = shown.find(({ pid }) => pid === selectedPid) ?? shown[0]
  const nodes = shown.map(
    (process): Node<ProcessNodeData> => ({
      id: process.key,
      type: 'process',
      position: { ...(places.get(process.key) ?? { x: 0, y: 0 }) },
      width: nodeWidth,
      height: nodeHeight,
      // Its size is known: arrows need not wait for it to be measured after every update.
      measured: { width: nodeWidth, height: nodeHeight },
      data: {
        process,
        atMs: picture.atMs,
        isSelected: process.pid === selectedPid,
        isEntry: process === entry,
      },
    }),
  )
  const edges = arrows.flatMap((arrow): Edge[] => {
    const [from, to] = [places.get(arrow.from), places.get(arrow.to)]
    if (from === undefined || to === undefined) return []
    const [leaves, arrives] = sidesBetween(from, to)
    const isColumn = leaves === 'top' || leaves === 'bottom'
    const color = arrow.isInCycle ? 'var(--bad)' : arrow.isHard ? 'var(--wait-lock)' : 'var(--ink-3)'
    return [
      {
        id: arrow.id,
        source: arrow.from,
        target: arrow.to,
        sourceHandle: leaves,
        targetHandle: arrives,
        markerEnd: { type: MarkerType.ArrowClosed, color, width: 14, height: 14 },
        style: {
          stroke: color,
          strokeWidth: arrow.isInCycle ? 2 : 1.25,
          ...(arrow.isHard ? {} : { strokeDasharray: '5 4' }),
        },
        ...(arrows.length > mostLabels || isColumn
          ? {}
          : {
              label: arrow.label,
              // Above the arrow, which would strike it through.
              labelStyle: { fill: 'var(--ink-2)', fontSize: 11, transform: 'translateY(-8px)' },
              labelShowBg: false,
            }),
      },
    ]
  })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || entry === undefined) return
    const next = findNext(places, entry.key, event.key)
    const process = shown.find(({ key }) => key === next)
    if (process === undefined) return
    event.preventDefault()
    selectProcess(process.pid)
    const point = places.get(process.key)
    if (point !== undefined)
      void setCenter(point.x + nodeWidth / 2, point.y + nodeHeight / 2, { zoom: getZoom(), duration: 0 })
    event.currentTarget.querySelector<HTMLElement>(`[data-process="${process.pid}"]`)?.focus()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its buttons take the focus, arrows walk among them
    <div
      role="group"
      aria-label="Graph of waiting processes"
      className="absolute inset-0"
      onKeyDown={onKeyDown}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        minZoom={0.15}
        maxZoom={1.5}
        {...(memory.view === undefined ? {} : { defaultViewport: memory.view })}
        proOptions={hidden}
      />
    </div>
  )
}

/**
 * Moves the view only where somebody has come who would be out of sight, where nobody is left of those who were there,
 * and where the room has changed. Else what one looks at stands still.
 */
function useSight(places: Places | undefined): void {
  const { fitView, getViewport } = useReactFlow()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const seen = useRef<{ places: Places; width: number; height: number }>({
    places: new Map(),
    width: 0,
    height: 0,
  })

  useEffect(() => {
    if (places === undefined || places.size === 0 || width === 0 || height === 0) return
    const { places: before, ...room } = seen.current
    seen.current = { places, width, height }
    const view = getViewport()
    const isKept = memory.view !== undefined && before.size === 0
    const newcomers = arrivals(before, places)
    const isSameRoom = (room.width === width && room.height === height) || isKept
    // Drawn small for the sake of somebody who has gone.
    const isAnew = !isKept && newcomers.length === places.size && view.zoom < 1
    if (isSameRoom && !isAnew && isInSight(newcomers, view, { width, height })) return
    void fitView({ padding: 0.12, maxZoom: 1 })
  }, [places, width, height, fitView, getViewport])

  useEffect(
    () => () => {
      memory.view = getViewport()
    },
    [getViewport],
  )
}

/** Asks for a layout where somebody is new; whoever has a place keeps it. */
function usePlaces(picture: LockPicture, arrows: ReturnType<typeof listArrows>): Places | undefined {
  const nodesKey = picture.processes
    .map(({ key }) => key)
    .toSorted()
    .join(' ')
  const [places, setPlaces] = useState(() => recallAll(nodesKey))
  const shapeNow = useEffectEvent(() => ({
    nodes: picture.processes.map(({ key }) => key),
    links: linksOf(arrows),
  }))

  useEffect(() => {
    let isOld = false
    const known = recallAll(nodesKey)
    const show = (next: Places) => {
      memory.keep(next)
      setPlaces(next)
    }
    if (known !== undefined && memory.areShown([...known.keys()])) {
      show(known)
      return
    }
    const lay = async () => {
      const shape = shapeNow()
      const wanted = await requestLayout(shape)
      if (!isOld) show(memory.place(wanted, shape.links))
    }
    void lay()
    return () => {
      isOld = true
    }
  }, [nodesKey])
  return places
}

/** Where all of them stood before; `undefined` where somebody is new. */
function recallAll(nodesKey: string): Places | undefined {
  const keys = nodesKey.split(' ').filter(Boolean)
  const places = memory.recall(keys)
  return places.size === keys.length ? places : undefined
}

const ways: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** The nearest node in a direction; what lies straight ahead is nearer than what lies aside. */
function findNext(places: Places, from: string, key: string): string | undefined {
  const [way, start] = [ways[key], places.get(from)]
  if (way === undefined || start === undefined) return undefined
  let best: { readonly key: string; readonly distance: number } | undefined
  for (const [other, point] of places) {
    const [dx, dy] = [point.x - start.x, point.y - start.y]
    const ahead = dx * way.x + dy * way.y
    if (other === from || ahead < 20) continue
    const distance = ahead + 2 * Math.abs(dx * way.y + dy * way.x)
    if (best === undefined || distance < best.distance) best = { key: other, distance }
  }
  return best?.key
}
