import { Filter } from 'lucide-react'
import { Button, CopyButton, type Definition, DefinitionList } from '#renderer/kit/index.ts'
import { labelOfKey } from '#renderer/session-charts/index.ts'
import { requestStatement, useActivePanel } from '#renderer/state/index.ts'
import { waitClassToken } from '#renderer/theme/index.ts'
import type { LoadRow } from '#shared/contract/index.ts'
import { formatFigureAligned, formatPercentAligned } from '#shared/units/index.ts'
import { addChip, nameOfDimension, useLoadState } from './load-state.ts'

/** What is known of the selected row: how much of the load it is, and what it waited for. */
export function LoadInspector() {
  const { by, selected } = useLoadState()
  const [, setPanel] = useActivePanel('')
  if (selected === undefined) return null
  const label = labelOfKey(by, selected.key, selected.label)
  const isStatement = by === 'statement'
  return (
    <div className="flex flex-col gap-3 p-3">
      <div>
        <p className="text-ink-3 text-xs">{nameOfDimension(by)}</p>
        {isStatement ? (
          <div className="flex items-start gap-1">
            <pre className="max-h-80 min-w-0 flex-1 overflow-auto rounded-sm bg-surface-0 p-2 font-mono text-sm whitespace-pre-wrap select-text">
              {label}
            </pre>
            <CopyButton label="Copy the statement" text={label} />
          </div>
        ) : (
          <h2 className="font-semibold break-words select-text">{label}</h2>
        )}
      </div>
      <DefinitionList items={factsOf(selected)} />
      <section className="flex flex-col gap-1">
        <h3 className="text-ink-3 text-xs">What its sessions did</h3>
        <DefinitionList items={classesOf(selected)} />
      </section>
      <div className="flex flex-wrap gap-2">
        <Button icon={Filter} onClick={() => addChip({ by, key: selected.key, label })}>
          Only this
        </Button>
        {isStatement && selected.label !== '' && (
          <Button
            onClick={() => {
              requestStatement(label)
              setPanel('query')
            }}
          >
            Open in Query
          </Button>
        )}
      </div>
    </div>
  )
}

function factsOf(row: LoadRow): readonly Definition[] {
  return [
    {
      term: 'average active sessions',
      value: formatFigureAligned(row.averageSessions),
      title: String(row.averageSessions),
    },
    { term: 'share of the load', value: formatPercentAligned(row.share) },
  ]
}

function classesOf(row: LoadRow): readonly Definition[] {
  return row.byClass.map(([waitClass, sessions]) => ({
    term: (
      <span className="flex items-center gap-1.5">
        <span
          aria-hidden="true"
          className="size-2 rounded-sm"
          style={{ background: `var(${waitClassToken[waitClass]})` }}
        />
        {waitClass}
      </span>
    ),
    value: `${formatFigureAligned(sessions)} · ${formatPercentAligned(row.averageSessions > 0 ? sessions / row.averageSessions : 0)}`,
  }))
}
