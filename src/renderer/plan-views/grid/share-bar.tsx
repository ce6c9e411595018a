import { formatPercent } from '#shared/units/index.ts'
import type { NodeShare } from './shares.ts'

const barColour = { quiet: 'bg-accent', warm: 'bg-warn', hot: 'bg-bad' } as const

interface ShareBarProps {
  readonly share: NodeShare | undefined
  /** Beside the bar, where a percentage would mean nothing. */
  readonly words?: string | undefined
}

/** A node's part of the whole: dark its own, light with everything below it. */
export function ShareBar({ share, words }: ShareBarProps) {
  if (share === undefined) return null
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="relative h-2 flex-1 rounded-sm bg-surface-2">
        <span
          className="absolute inset-y-0 left-0 rounded-sm bg-accent/30"
          style={{ width: `${share.inclusive * 100}%` }}
        />
        <span
          className={`absolute inset-y-0 left-0 rounded-sm ${barColour[share.weight]}`}
          style={{ width: `${share.exclusive * 100}%` }}
        />
      </span>
      <span className="w-[50px] shrink-0 whitespace-nowrap text-right text-ink-2">
        {words ?? formatPercent(share.exclusive)}
      </span>
    </span>
  )
}
