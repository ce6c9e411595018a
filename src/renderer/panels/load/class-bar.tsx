import { waitClassToken } from '#renderer/theme/index.ts'
import type { LoadRow } from '#shared/contract/index.ts'
import { formatFigure } from '#shared/units/index.ts'

interface ClassBarProps {
  readonly byClass: LoadRow['byClass']
  /** What a full bar stands for, in sessions. */
  readonly most: number
}

/** A row's load as a bar of wait classes; what the colours say is said on hover and in the copied table. */
export function ClassBar({ byClass, most }: ClassBarProps) {
  const parts = byClass.map(([name, sessions]) => `${name} ${formatFigure(sessions)}`)
  const words = `${parts.join(', ')} sessions on average`
  return (
    <span role="img" aria-label={words} title={words} className="flex h-2 gap-px">
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
  )
}
