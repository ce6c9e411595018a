import type { MarkerKind } from '#shared/session/index.ts'
import { formatCount } from '#shared/units/index.ts'
import { markerLooks } from './marker-looks.ts'
import { MarkerSign } from './marker-sign.tsx'

interface MarkerKindsProps {
  readonly counts: ReadonlyMap<MarkerKind, number>
  readonly hidden: ReadonlySet<MarkerKind>
  readonly onHide: (hidden: ReadonlySet<MarkerKind>) => void
}

/** Which kinds of marks there are, what their signs mean, and which of them are listed. */
export function MarkerKinds({ counts, hidden, onHide }: MarkerKindsProps) {
  return (
    <div
      role="group"
      aria-label="Kinds that are listed"
      className="flex shrink-0 flex-wrap gap-1 border-line border-b p-2"
    >
      {[...counts].map(([kind, count]) => (
        <button
          key={kind}
          type="button"
          aria-pressed={!hidden.has(kind)}
          onClick={() => onHide(toggled(hidden, kind))}
          className="flex items-center gap-1 rounded-full border border-line-strong px-2 text-ink-2 text-xs hover:text-ink aria-pressed:bg-surface-3 aria-pressed:text-ink"
        >
          <MarkerSign kind={kind} />
          {markerLooks[kind].name}
          <span className="text-ink-3">{formatCount(count)}</span>
        </button>
      ))}
    </div>
  )
}

function toggled(hidden: ReadonlySet<MarkerKind>, kind: MarkerKind): ReadonlySet<MarkerKind> {
  const next = new Set(hidden)
  if (!next.delete(kind)) next.add(kind)
  return next
}
