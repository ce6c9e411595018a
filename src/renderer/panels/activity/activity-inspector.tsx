import { Button, CopyButton, type Definition, DefinitionList } from '#renderer/kit/index.ts'
import { requestStatement, useActivePanel } from '#renderer/state/index.ts'
import { hiddenState } from '#shared/activity/index.ts'
import type { BackendRow } from '#shared/contract/index.ts'
import { type EpochMs, formatBytes, formatDuration, formatPercent } from '#shared/units/index.ts'
import { useActivity, useSelectedBackend } from './activity-state.ts'
import { ageMs, describeWait } from './columns.tsx'

/** Everything that is known of the selected process. */
export function ActivityInspector() {
  const row = useSelectedBackend()
  const atMs = useActivity((state) => state.shown?.atMs)
  const [, setPanel] = useActivePanel('')
  if (row === undefined || atMs === undefined) return null
  return (
    <div className="flex flex-col gap-3 p-3">
      <h2 className="font-semibold">Process {row.pid}</h2>
      <DefinitionList items={facts(row, atMs)} />
      {row.statement !== undefined && row.statement !== '' && (
        <section className="flex flex-col gap-1">
          <div className="flex items-center justify-between">
            <h3 className="text-ink-3 text-xs">{row.state === 'active' ? 'Statement' : 'Last statement'}</h3>
            <CopyButton label="Copy the statement" text={row.statement} />
          </div>
          <pre className="max-h-80 overflow-auto rounded-sm bg-surface-0 p-2 font-mono text-sm whitespace-pre-wrap select-text">
            {row.statement}
          </pre>
          <div>
            <Button
              onClick={() => {
                requestStatement(row.statement ?? '')
                setPanel('query')
              }}
            >
              Open in Query
            </Button>
          </div>
        </section>
      )}
    </div>
  )
}

function facts(row: BackendRow, atMs: EpochMs): readonly Definition[] {
  const age = (sinceMs: EpochMs | undefined) => {
    const ms = ageMs(sinceMs, atMs)
    return ms === undefined ? undefined : formatDuration(Math.round(ms))
  }
  const known: readonly (readonly [string, string | undefined, string])[] = [
    ['state', row.state, 'pg_stat_activity.state'],
    [
      'doing or waiting for',
      row.state === hiddenState ? undefined : describeWait(row),
      'pg_stat_activity.wait_event_type, wait_event',
    ],
    ['waits for', row.blockerPids?.join(', '), 'pg_blocking_pids()'],
    [
      'blocks',
      row.blocks === 0 ? undefined : String(row.blocks),
      'who waits for it, directly or behind others',
    ],
    ['statement for', row.state === 'idle' ? undefined : age(row.statementStartedAtMs), 'query_start'],
    ['transaction for', age(row.transactionStartedAtMs), 'xact_start'],
    ['in this state for', age(row.stateChangedAtMs), 'state_change'],
    ['connected for', age(row.startedAtMs), 'backend_start'],
    [
      'holds back vacuum by',
      row.xminAge === undefined ? undefined : `${row.xminAge} transactions`,
      'age(backend_xmin)',
    ],
    ['kind', row.backendType, 'backend_type'],
    ['works for', row.leaderPid === undefined ? undefined : `process ${row.leaderPid}`, 'leader_pid'],
    ['database', row.database, 'datname'],
    ['user', row.user, 'usename'],
    ['application', row.application, 'application_name'],
    ['client', row.client, 'client_addr'],
    ['query id', row.queryId, 'query_id'],
    [
      'CPU',
      row.cpuShare === undefined ? undefined : `${formatPercent(row.cpuShare)} of a core`,
      '/proc/<pid>/schedstat',
    ],
    [
      'memory of its own',
      row.privateBytes === undefined ? undefined : formatBytes(row.privateBytes),
      '/proc/<pid>/status RssAnon',
    ],
  ]
  return known.flatMap(([term, value, title]) => (value === undefined ? [] : [{ term, value, title }]))
}
