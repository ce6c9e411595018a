import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Popover, type Tone } from '#renderer/kit/index.ts'
import { BannerLine } from './banner-line.tsx'

/** Something that is told above the panel. */
export interface News {
  readonly tone: Tone
  readonly title: string
  readonly text?: string
  readonly more?: ReactNode
  readonly actions?: ReactNode
}

const urgency: Readonly<Record<Tone, number>> = { bad: 0, warn: 1, info: 2, neutral: 3, ok: 4 }

/** One line, whatever there is to tell: the most urgent, or of equals the first. The others open on demand. */
export function BannerNews({ news }: { readonly news: readonly News[] }) {
  const [first, ...others] = news.toSorted((a, b) => urgency[a.tone] - urgency[b.tone])
  if (first === undefined) return null
  return (
    <Line news={first}>
      {others.length > 0 && (
        <Popover
          label="Other news"
          align="end"
          className="w-150"
          trigger={
            <Button variant="quiet" title={others.map(({ title }) => title).join(' · ')}>
              {others.length} more
              <ChevronDown size={13} aria-hidden />
            </Button>
          }
        >
          {others.map((other) => (
            <Line key={other.title} news={other} />
          ))}
        </Popover>
      )}
    </Line>
  )
}

function Line({ news, children }: { readonly news: News; readonly children?: ReactNode }) {
  const { tone, title, text, more, actions } = news
  return (
    <BannerLine
      tone={tone}
      title={title}
      {...(text === undefined ? {} : { text })}
      {...(more === undefined ? {} : { more })}
    >
      {actions}
      {children}
    </BannerLine>
  )
}
