import { CopyButton, ErrorNote } from '#renderer/kit/index.ts'

interface BrokenPlanProps {
  readonly message: string
  readonly text: string
}

/** Text of this length is drawn whole; a browser lays out more only with a stutter. */
const drawnChars = 200_000

/** A plan that can't be read: why, and its text as it came. */
export function BrokenPlan({ message, text }: BrokenPlanProps) {
  const isCut = text.length > drawnChars
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface-1">
      <div className="p-3">
        <ErrorNote
          title="The plan can’t be read"
          message={message}
          advice={`Its text stands below as it came${isCut ? `, the first ${drawnChars.toLocaleString('en-US')} characters of it` : ''}.`}
          actions={<CopyButton wide label="Copy all of its text" text={text} />}
        />
      </div>
      <pre
        aria-label="The plan as it came"
        tabIndex={0}
        className="min-h-0 flex-1 select-text overflow-auto border-line border-t px-3 py-2 font-mono text-sm outline-offset-[-2px]"
      >
        {isCut ? text.slice(0, drawnChars) : text}
      </pre>
    </div>
  )
}
