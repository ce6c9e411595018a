import { waitClassToken } from '#renderer/theme/index.ts'
import { formatFigure, formatPercentAligned } from '#shared/units/index.ts'
import type { ListedStatement } from './listed.ts'

interface LoadBarProps {
  readonly row: ListedStatement
  /** What a full bar stands for, in sessions. */
  readonly most: number
}

/** A statement's share of all load, and what it is made of. */
export function LoadBar({ row: { loadShare, byClass }, most }: LoadBarProps) {
  if (loadShare === undefined) return null
  const parts = byClass.map(([waitClass, sessions]) => `${waitClass} ${formatFigure(sessions)}`)
  const title = parts.length === 0 ? '' : `${parts.join(', ')} sessions on average`
  return (
    <span className="flex items-center justify-end gap-2" title={title}>
      <span aria-hidden className="flex h-2 w-14 gap-px">
        {byClass.map(([waitClass, sessions]) => (
          <span
            key={waitClass}
            className="first:rounded-l-sm last:rounded-r-sm"
            style={{
              width: `${most > 0 ? (sessions / most) * 100 : 0}%`,
              background: `var(${waitClassToken[waitClass]})`,
            }}
          />
        ))}
      </span>
      <span className="w-12">{loadShare === 0 ? '' : formatPercentAligned(loadShare)}</span>
    </span>
  )
}
