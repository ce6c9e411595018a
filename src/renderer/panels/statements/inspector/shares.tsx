import type { ReactNode } from 'react'
import { formatPercent, type Ratio } from '#shared/units/index.ts'

export interface ShareItem {
  readonly key: string
  readonly label: ReactNode
  readonly title?: string
  readonly share: Ratio
  /** A CSS colour of what it means; absent = plain. */
  readonly colour?: string
}

/** Parts of a whole, largest first, each with its bar. */
export function Shares({ items, label }: { readonly items: readonly ShareItem[]; readonly label: string }) {
  return (
    <ul aria-label={label} className="flex flex-col gap-1 select-text">
      {items.map(({ key, label: what, title, share, colour = 'var(--line-strong)' }) => (
        <li key={key} title={title} className="flex flex-col gap-0.5">
          <span className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 break-words">{what}</span>
            <span className="shrink-0">{formatPercent(share)}</span>
          </span>
          <span aria-hidden className="h-1 overflow-hidden rounded-[2px] bg-surface-3">
            <span className="block h-full" style={{ width: `${share * 100}%`, background: colour }} />
          </span>
        </li>
      ))}
    </ul>
  )
}
