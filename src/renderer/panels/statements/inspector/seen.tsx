import { SquareTerminal } from 'lucide-react'
import { CopyButton, IconButton } from '#renderer/kit/index.ts'
import { requestStatement, useActivePanel } from '#renderer/state/index.ts'
import type { SeenStatement } from '#shared/contract/index.ts'
import { Section } from './section.tsx'

/** As many as tell how values differ. */
const most = 6

/** Texts with their values, as activity showed them. */
export function Seen({ seen }: { readonly seen: readonly SeenStatement[] }) {
  const [, setPanel] = useActivePanel('')
  return (
    <Section title="Seen at work">
      <ul className="flex flex-col gap-1">
        {seen.slice(0, most).map(({ atMs, text }) => (
          <li key={`${atMs} ${text}`} className="flex items-start gap-1 rounded-sm bg-surface-0 py-0.5 pl-2">
            <span className="shrink-0 pt-1 text-ink-3 text-xs">{formatTime(atMs)}</span>
            <code
              className="line-clamp-3 min-w-0 flex-1 py-1 font-mono text-sm break-words select-text"
              title={text}
            >
              {text}
            </code>
            <span className="flex shrink-0">
              <CopyButton label={`Copy as seen at ${formatTime(atMs)}`} text={text} />
              <IconButton
                icon={SquareTerminal}
                label={`Open in Query as seen at ${formatTime(atMs)}`}
                onClick={() => {
                  requestStatement(text)
                  setPanel('query')
                }}
              />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function formatTime(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB')
}
