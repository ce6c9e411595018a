import type { ReactNode } from 'react'
import { classes, Dot, type Tone } from '#renderer/kit/index.ts'

const edges: Readonly<Record<Tone, string>> = {
  neutral: 'border-l-control',
  info: 'border-l-info',
  ok: 'border-l-ok',
  warn: 'border-l-warn',
  bad: 'border-l-bad',
}

/** News above the panel: its colour, what it is, more of it, and what can be done. */
export function BannerLine(props: {
  readonly tone: Tone
  readonly title: string
  readonly text?: string
  readonly more?: ReactNode
  readonly children?: ReactNode
}) {
  const { tone, title, text, more, children } = props
  return (
    <div
      className={classes(
        'flex min-h-10 items-center gap-2.5 border-b border-l-3 border-b-line bg-surface-2 py-1.5 pr-3 pl-2.5',
        edges[tone],
      )}
    >
      <Dot tone={tone} />
      <p className="min-w-0 flex-1 select-text">
        <span className="font-semibold">{title}</span>
        {text !== undefined && <span className="ml-2 text-ink-2">{text}</span>}
        {more !== undefined && <span className="ml-2 text-ink-3">{more}</span>}
      </p>
      {children}
    </div>
  )
}
