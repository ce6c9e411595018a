import { SquareTerminal } from 'lucide-react'
import { Button, CopyButton, DefinitionList, SqlText } from '#renderer/kit/index.ts'
import { useServer } from '#renderer/state/index.ts'
import { waitClassToken } from '#renderer/theme/index.ts'
import type { StatementDetail } from '#shared/contract/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { formatMean } from '../columns.tsx'
import { useSelectedDetail, useSelectedRow } from '../statements-state.ts'
import { useOpenInQuery } from '../use-open-in-query.ts'
import { Plans } from './plans.tsx'
import { Section } from './section.tsx'
import { Seen } from './seen.tsx'
import { Shares } from './shares.tsx'
import { figureFacts, identityFacts } from './statement-facts.ts'
import { useFormatted } from './use-formatted.ts'

const usualBlockBytes = 8_192

/** Everything that is known of the selected statement over the range. */
export function StatementInspector() {
  const row = useSelectedRow()
  const detail = useSelectedDetail()
  const openInQuery = useOpenInQuery()
  const blockBytes = useServer()?.blockBytes ?? usualBlockBytes
  if (row === undefined) return null
  const text = detail?.text ?? row.text
  const figures = detail?.figures ?? row.figures
  const hasValues = (detail?.seen.length ?? 0) > 0
  return (
    <div className="flex flex-col gap-4 p-3">
      <section className="flex flex-col gap-1.5">
        <div className="flex items-center justify-between">
          <h2 className="font-semibold">Statement</h2>
          {text !== undefined && <CopyButton label="Copy the statement" text={text} />}
        </div>
        {text === undefined ? (
          <p className="text-ink-3">Its text is not known.</p>
        ) : (
          <Formatted text={text} />
        )}
        {text !== undefined && (
          <div>
            <Button
              icon={SquareTerminal}
              title={hasValues ? 'With the values that it was last seen with' : 'With $1 … for its values'}
              onClick={() => openInQuery(row)}
            >
              Open in Query
            </Button>
          </div>
        )}
      </section>
      <DefinitionList items={identityFacts(row, detail)} />
      {figures !== undefined && (
        <Section title="Counted by pg_stat_statements">
          <DefinitionList items={figureFacts(figures, blockBytes)} />
        </Section>
      )}
      {detail !== undefined && <Sampled detail={detail} />}
      {detail !== undefined && detail.entries.length > 1 && <Entries detail={detail} />}
      {detail !== undefined && detail.seen.length > 0 && <Seen seen={detail.seen} />}
      {text !== undefined && <Plans text={text} />}
    </div>
  )
}

function Formatted({ text }: { readonly text: string }) {
  const formatted = useFormatted(text)
  return (
    // Scrolls, so the keyboard must reach it.
    <div
      tabIndex={0}
      role="region"
      aria-label="Text of the statement"
      className="max-h-80 overflow-auto rounded-sm bg-surface-0 p-2"
    >
      <SqlText sql={formatted} />
    </div>
  )
}

function Sampled({ detail: { waits, callers } }: { readonly detail: StatementDetail }) {
  return (
    <>
      {waits.length > 0 && (
        <Section title="At work on, or waiting for">
          <Shares
            label="Waits"
            items={waits.map(({ waitClass, waitEvent, share }) => ({
              key: `${waitClass}:${waitEvent ?? ''}`,
              label: waitEvent === undefined ? waitClass : `${waitClass}: ${waitEvent}`,
              share,
              colour: `var(${waitClassToken[waitClass]})`,
            }))}
          />
        </Section>
      )}
      {callers.length > 0 && (
        <Section title="Run by">
          <Shares
            label="Callers"
            items={callers.map(({ database, user, application, client, share }) => {
              const where = [database, client ?? 'local'].filter(Boolean).join(', ')
              return {
                key: JSON.stringify([database, user, application, client]),
                label: (
                  <>
                    {user ?? 'no user'} <span className="text-ink-2">{application ?? ''}</span>{' '}
                    <span className="text-ink-3">{where}</span>
                  </>
                ),
                share,
              }
            })}
          />
        </Section>
      )}
    </>
  )
}

function Entries({ detail: { entries } }: { readonly detail: StatementDetail }) {
  return (
    <Section title="By database and user">
      <DefinitionList
        items={entries.map(({ database, user, isTopLevel, figures }) => ({
          term: `${user} in ${database}${isTopLevel ? '' : ', in functions'}`,
          value: formatDuration(figures.executionMs),
          title: `${figures.calls.toLocaleString('en-US')} calls, ${formatMean(figures) ?? '–'} each`,
        }))}
      />
    </Section>
  )
}
