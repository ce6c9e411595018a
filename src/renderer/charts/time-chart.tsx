import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { classes } from '#renderer/kit/index.ts'
import { ChartMenu } from './chart-menu.tsx'
import { ChartTable } from './chart-table.tsx'
import { type ChartView, createChartView } from './chart-view.ts'
import type { ChartActions, ChartSpec } from './model.ts'
import { describeMoment, newestIndex } from './moment-words.ts'
import { nearestIndex } from './nearest.ts'
import { Readout } from './readout.tsx'

export interface TimeChartProps {
  readonly spec: ChartSpec
  readonly actions: ChartActions
  readonly className?: string
}

/**
 * Values over the window's time: pointed at together with all other charts, drawn upon to choose a range, walked by
 * arrows, and read as a table. It draws by itself when its source has news; React is not asked then.
 */
export function TimeChart({ spec, actions, className }: TimeChartProps) {
  const surface = useRef<HTMLDivElement>(null)
  const view = useRef<ChartView>(undefined)
  const [isTable, setTable] = useState(false)
  /** The drawing, while it is what is pointed at. */
  const [pointed, setPointed] = useState<HTMLElement>()
  const latest = useRef({ spec, actions })

  useLayoutEffect(() => {
    latest.current = { spec, actions }
    view.current?.update({ spec, actions })
  }, [spec, actions])

  useEffect(() => {
    const element = surface.current
    if (isTable || element === null) return
    const mine = createChartView(element, latest.current)
    view.current = mine
    const stop = latest.current.spec.pointer.subscribe(() => tellMoment(element, latest.current.spec))
    return () => {
      view.current = undefined
      stop()
      mine.destroy()
    }
  }, [isTable])

  return (
    <figure
      aria-label={spec.label}
      className={classes('group/chart relative flex min-h-0 min-w-0 flex-col', className)}
    >
      {isTable ? (
        <ChartTable spec={spec} />
      ) : (
        <>
          <div
            ref={surface}
            role="slider"
            tabIndex={0}
            aria-label={`Moment of ${spec.label}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={0}
            aria-valuetext="not pointed at"
            className="relative min-h-0 flex-1 cursor-crosshair overflow-hidden"
            onPointerEnter={({ currentTarget }) => setPointed(currentTarget)}
            onPointerLeave={() => setPointed(undefined)}
            onFocus={({ currentTarget }) => setPointed(currentTarget)}
            onBlur={() => setPointed(undefined)}
            onKeyDown={(event) => walk(event, spec)}
          />
          {pointed !== undefined && <Readout spec={spec} drawing={pointed} />}
        </>
      )}
      <ChartMenu
        spec={spec}
        actions={actions}
        isTable={isTable}
        onTable={setTable}
        canvas={() => view.current?.canvas()}
      />
    </figure>
  )
}

const pagePoints = 10

function walk(event: KeyboardEvent, { source, pointer, range }: ChartSpec): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const points = source.read()
  const { fromMs, toMs } = range.get()
  const first = nearestIndex(points.atMs, fromMs)
  const last = Math.min(newestIndex(points), nearestIndex(points.atMs, toMs))
  const pointedMs = pointer.get()
  const at = pointedMs === undefined ? last : nearestIndex(points.atMs, pointedMs)
  const moves: Readonly<Record<string, number | undefined>> = {
    ArrowLeft: pointedMs === undefined ? last : at - 1,
    ArrowRight: at + 1,
    PageUp: at - pagePoints,
    PageDown: at + pagePoints,
    Home: first,
    End: last,
  }
  if (event.key === 'Escape' && pointedMs !== undefined) pointer.set(undefined)
  else {
    const to = moves[event.key]
    if (to === undefined) return
    pointer.set(points.atMs[Math.min(last, Math.max(first, to))])
  }
  event.preventDefault()
  event.stopPropagation()
}

/** Only who listens is told: the chart that has the focus. */
function tellMoment(element: HTMLElement, spec: ChartSpec): void {
  if (document.activeElement !== element) return
  const atMs = spec.pointer.get()
  const { fromMs, toMs } = spec.range.get()
  const share = atMs === undefined ? 0 : (atMs - fromMs) / (toMs - fromMs)
  element.setAttribute('aria-valuenow', String(Math.round(Math.min(1, Math.max(0, share)) * 100)))
  element.setAttribute('aria-valuetext', atMs === undefined ? 'not pointed at' : describeMoment(spec, atMs))
}
