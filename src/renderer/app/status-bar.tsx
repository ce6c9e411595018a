import type { ReactNode } from 'react'
import { classes, type Definition, DefinitionList, Dot, Popover } from '#renderer/kit/index.ts'
import { useSession, useWorkbench } from '#renderer/state/index.ts'
import { formatBytes, formatCount } from '#shared/units/index.ts'
import { formatMoment } from './format-moment.ts'
import { observerFacts, observerLine, workbenchFacts, workbenchLine } from './meters.ts'
import { useConnectionWords } from './use-connection-words.ts'

/** Connection, what watching costs the server, what the workbench costs this machine, and the session's file. */
export function StatusBar() {
  const words = useConnectionWords()
  const state = useWorkbench((store) => store.state)
  const session = useSession((store) => store.session)
  const runs = useSession((store) => store.runs.length)
  return (
    <footer
      aria-label="Status"
      className="flex min-w-0 items-center gap-1 border-t border-line bg-surface-1 px-2 text-xs text-ink-2"
    >
      <span className="flex shrink-0 items-center gap-1.5 px-1.5">
        <Dot tone={words.tone} /> {words.word}
      </span>
      {state !== undefined && (
        <>
          <Meter name="What observing costs" facts={observerFacts(state.observer)}>
            {observerLine(state.observer)}
          </Meter>
          <Meter name="What the workbench costs" facts={workbenchFacts(state.memory)}>
            {workbenchLine(state.memory)}
          </Meter>
        </>
      )}
      <span className="flex-1" />
      {session !== undefined && (
        <Meter
          align="end"
          name="Session file"
          facts={[
            { term: 'file', value: session.path },
            {
              term: 'size',
              value: `${formatBytes(session.fileBytes)} (${formatCount(session.fileBytes)} B)`,
            },
            { term: 'runs', value: formatCount(runs) },
            { term: 'format', value: `version ${session.formatVersion}` },
            { term: 'made', value: formatMoment(session.createdAtMs) },
            ...(session.readOnly ? [{ term: 'access', value: 'read-only' }] : []),
          ]}
        >
          {session.path.split(/[\\/]/).at(-1)} · {formatBytes(session.fileBytes)}
        </Meter>
      )}
    </footer>
  )
}

/** Figures on the bar; what they mean and where they come from is one click away. */
function Meter(props: {
  readonly name: string
  readonly facts: readonly Definition[]
  readonly align?: 'start' | 'end'
  readonly children: ReactNode
}) {
  const { name, facts, align = 'start', children } = props
  return (
    <Popover
      label={name}
      align={align}
      className="w-90 p-3"
      trigger={
        <button
          type="button"
          title={name}
          className={classes(
            'min-w-0 truncate rounded-sm px-1.5 hover:bg-surface-3 hover:text-ink focus-visible:-outline-offset-1 data-[state=open]:bg-surface-3',
          )}
        >
          {children}
        </button>
      }
    >
      <h2 className="mb-1.5 font-semibold">{name}</h2>
      <DefinitionList items={facts} />
    </Popover>
  )
}
