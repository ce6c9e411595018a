import { CopyButton } from '#renderer/kit/index.ts'

interface PlanSourceProps {
  readonly label: string
  readonly text: string
}

/** Text of this length is drawn whole; a browser lays out more only with a stutter. */
const drawnChars = 400_000

/** The plan as text, to read, search and copy: the server's layout or its JSON. */
export function PlanSource({ label, text }: PlanSourceProps) {
  const isCut = text.length > drawnChars
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface-1">
      <div className="flex shrink-0 items-center gap-2 border-line border-b px-3 py-1 text-ink-3 text-xs">
        <span>
          {text.split('\n').length} lines
          {isCut
            ? `, the first ${drawnChars.toLocaleString('en-US')} characters are shown; Copy takes all`
            : ''}
        </span>
        <span className="ml-auto">
          <CopyButton text={text} label={`Copy ${label}`} />
        </span>
      </div>
      <pre
        aria-label={label}
        tabIndex={0}
        className="min-h-0 flex-1 select-text overflow-auto px-3 py-2 font-mono text-sm outline-offset-[-2px]"
      >
        {isCut ? text.slice(0, drawnChars) : text}
      </pre>
    </div>
  )
}
