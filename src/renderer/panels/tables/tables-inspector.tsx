import { Button, CopyButton, type Definition, DefinitionList } from '#renderer/kit/index.ts'
import { requestStatement, useActivePanel } from '#renderer/state/index.ts'
import { countRows } from '#shared/schema/index.ts'
import { formatBytes, formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import type { CandidateRow, IndexRow, TableRow } from './build-rows.ts'
import { latest } from './table-columns.tsx'
import { useTables } from './tables-state.ts'
import { dropStatement, explainCandidate, explainRows, explainTrouble } from './words.ts'

/** Everything that is known of the selected table, index or candidate, and what to do about it. */
export function TablesInspector() {
  const { rows, selectedKey } = useTables()
  const table = rows?.tables.find(({ key }) => key === selectedKey)
  const index = rows?.indexes.find(({ key }) => key === selectedKey)
  const candidate = rows?.candidates.find(({ key }) => key === selectedKey)
  if (rows === undefined) return null
  if (table !== undefined) return <TableFacts row={table} atMs={rows.atMs} />
  if (index !== undefined) return <IndexFacts row={index} />
  return candidate === undefined ? null : <CandidateFacts row={candidate} />
}

function TableFacts({ row, atMs }: { readonly row: TableRow; readonly atMs: number }) {
  const { table, bloat, vacuum, wraparound } = row
  const since = (at: number | undefined) =>
    at === undefined ? 'never' : `${formatDuration(Math.round((atMs - at) / 1_000) * 1_000)} ago`
  const bytes = (value: number | undefined) => (value === undefined ? 'locked' : formatBytes(value))
  const isDue = vacuum.ratio >= 1
  const counted = countRows(table)
  const items: Definition[] = [
    { term: 'table', value: bytes(table.heapBytes), title: 'pg_relation_size' },
    { term: 'indexes', value: bytes(table.indexBytes), title: 'sum over its indexes' },
    { term: 'TOAST', value: bytes(table.toastBytes ?? 0), title: 'large values, with their index' },
    {
      term: 'rows',
      value: counted.rows === undefined ? 'not known' : formatCount(counted.rows),
      title: explainRows(counted, table),
    },
    {
      term: 'dead rows',
      value: formatCount(table.deadRows),
      title: 'n_dead_tup',
      ...(isDue ? { tone: 'warn' as const } : {}),
    },
    {
      term: 'autovacuum from',
      value: vacuum.isOff ? 'switched off' : `${formatCount(Math.round(vacuum.thresholdRows))} dead rows`,
      title: 'threshold + scale factor × rows',
      ...(vacuum.isOff ? { tone: 'warn' as const } : {}),
    },
    ...(bloat === undefined
      ? []
      : [
          {
            term: 'bloat, about',
            value: `${formatBytes(bloat.bytes)} (${formatPercent(bloat.share)})`,
            title: 'size less what its rows need by pg_stats.avg_width',
          },
        ]),
    { term: 'updates', value: formatCount(table.updated), title: 'n_tup_upd since the counters began' },
    ...(row.hotShare === undefined
      ? []
      : [{ term: 'HOT', value: formatPercent(row.hotShare), title: 'n_tup_hot_upd ÷ n_tup_upd' }]),
    {
      term: 'changed since analyse',
      value: formatCount(table.changedSinceAnalyze),
      title: 'n_mod_since_analyze',
    },
    { term: 'vacuumed', value: since(latest(table.lastVacuumAtMs, table.lastAutovacuumAtMs)) },
    { term: 'analysed', value: since(latest(table.lastAnalyzeAtMs, table.lastAutoanalyzeAtMs)) },
    ...(wraparound === undefined
      ? []
      : [
          {
            term: 'oldest rows',
            value: `${formatPercent(wraparound.ofWraparound)} of the way to wraparound`,
            title: `age(relfrozenxid) = ${formatCount(table.xidAge ?? 0)}`,
          },
        ]),
    ...(table.options === undefined ? [] : [{ term: 'options', value: table.options.join(', ') }]),
  ]
  return (
    <div className="flex flex-col gap-3 p-3">
      <h2 className="font-semibold break-words">
        {table.schema}.{table.name}
      </h2>
      {table.partitionOf !== undefined && <p className="text-ink-2">partition of {table.partitionOf}</p>}
      <DefinitionList items={items} />
    </div>
  )
}

function IndexFacts({ row }: { readonly row: IndexRow }) {
  const { index, troubles } = row
  const drop = troubles.length === 0 ? undefined : dropStatement(index)
  return (
    <div className="flex flex-col gap-3 p-3">
      <h2 className="font-semibold break-words">{index.name}</h2>
      {troubles.map((trouble) => (
        <p key={trouble.kind} className="text-ink-2">
          {explainTrouble(trouble)}
        </p>
      ))}
      {drop !== undefined && <Statement title="To drop it" text={drop} />}
      <Statement title="Definition" text={`${index.definition};`} />
      <DefinitionList
        items={[
          { term: 'scans', value: formatCount(index.scans), title: 'idx_scan since the counters began' },
          { term: 'entries read', value: formatCount(index.rowsRead), title: 'idx_tup_read' },
          { term: 'rows fetched', value: formatCount(index.rowsFetched), title: 'idx_tup_fetch' },
          { term: 'blocks read', value: formatCount(index.readBlocks), title: 'idx_blks_read' },
          { term: 'blocks hit', value: formatCount(index.hitBlocks), title: 'idx_blks_hit' },
        ]}
      />
    </div>
  )
}

function CandidateFacts({ row: { candidate } }: { readonly row: CandidateRow }) {
  const title =
    candidate.kind === 'seq-scans'
      ? `${candidate.table.schema}.${candidate.table.name}`
      : `${candidate.key.schema}.${candidate.key.table}`
  return (
    <div className="flex flex-col gap-3 p-3">
      <h2 className="font-semibold break-words">{title}</h2>
      <p className="text-ink-2">{explainCandidate(candidate)}</p>
      {candidate.kind === 'foreign-key' && <Statement title="To build it" text={candidate.statement} />}
    </div>
  )
}

function Statement({ title, text }: { readonly title: string; readonly text: string }) {
  const [, setPanel] = useActivePanel('')
  return (
    <section className="flex flex-col gap-1">
      <div className="flex items-center justify-between">
        <h3 className="text-ink-3 text-xs">{title}</h3>
        <CopyButton label={`Copy: ${title}`} text={text} />
      </div>
      <pre className="overflow-auto rounded-sm bg-surface-0 p-2 font-mono text-sm whitespace-pre-wrap select-text">
        {text}
      </pre>
      {title !== 'Definition' && (
        <div>
          <Button
            onClick={() => {
              requestStatement(text)
              setPanel('query')
            }}
          >
            Open in Query
          </Button>
        </div>
      )}
    </section>
  )
}
