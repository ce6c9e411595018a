import type { ReactNode } from 'react'
import type { Exactness } from '#shared/plan/index.ts'
import { explainExactness } from '../exactness.ts'
import { type FigureScope, type GridColumn } from './columns.ts'
import { type GridLine, readFigure } from './lines.ts'

const tones = { warn: 'text-warn', bad: 'text-bad', quiet: 'text-ink-3' } as const

interface FigureCellProps {
  readonly line: GridLine
  readonly column: GridColumn
  readonly scope: FigureScope
  /** The largest figure of the column: heat is told against it. Undefined where the column has none. */
  readonly most: number | undefined
}

/** A figure with how far it can be trusted, tinted by its size where its column is the measure. */
export function FigureCell({ line, column, scope, most }: FigureCellProps): ReactNode {
  const figure = readFigure(line, column, scope)
  const [node] = line.nodes
  const isOne = line.nodes.length === 1
  if (figure === undefined || (figure === 0 && column.id !== 'rows')) {
    return column.id === 'rows' && node?.neverExecuted === true ? 'never run' : null
  }
  const exactness: Exactness | undefined = isOne && node ? column.exactness?.(node, scope) : undefined
  const heat = most === undefined || most <= 0 ? 0 : Math.min(1, figure / most)
  const why = explainExactness(exactness)
  const tone = column.tone?.(figure)
  const direction = column.id === 'misestimate' && isOne ? node?.misestimate?.direction : undefined
  return (
    <span
      title={[`${figure}`, why].filter((part) => part !== undefined).join(' · ')}
      className={`block truncate rounded-sm px-1 text-right ${tone === undefined ? '' : tones[tone]}`}
      style={
        heat === 0
          ? {}
          : { background: `color-mix(in srgb, var(--warn) ${Math.round(heat * 26)}%, transparent)` }
      }
    >
      {exactness === 'estimated' && <span className="text-ink-3">≈ </span>}
      {exactness === 'bounded' && <span className="text-ink-3">± </span>}
      {column.format(figure)}
      {direction === 'under' && <span title="more rows came than expected"> ↑</span>}
      {direction === 'over' && <span title="fewer rows came than expected"> ↓</span>}
    </span>
  )
}
