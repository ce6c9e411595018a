import { formatClock } from '#renderer/charts/index.ts'
import { useOneServer, useServerAt } from '#renderer/state/index.ts'
import type { TargetStamp } from '#shared/session/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/** Says that a panel is about the server at the range's end alone, where another one was recorded before it. */
export function ServerWords() {
  const { range, target, before } = useOneServer()
  if (before === undefined || target === undefined) return null
  return (
    <span
      className="min-w-0 truncate text-warn"
      title={`The range also holds ${placeOf(before)}. Choose a range that ends before ${formatClock(range.fromMs, 1_000)} to see that one.`}
    >
      {`only ${target.name}, since ${formatClock(range.fromMs, 1_000)}: ${before.name} was recorded before`}
    </span>
  )
}

/** Of which server a moment is that a panel shows, where the session holds several. */
export function MomentServerWords({ atMs }: { readonly atMs: EpochMs | undefined }) {
  const target = useServerAt(atMs)
  if (target === undefined) return null
  return (
    <span className="min-w-0 truncate text-ink-2 text-xs" title={`Recorded from ${placeOf(target)}`}>
      {`of ${target.name}`}
    </span>
  )
}

const placeOf = ({ name, host, port }: TargetStamp): string =>
  `${name} (${port === undefined ? host : `${host}:${port}`})`
