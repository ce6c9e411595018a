import { Badge, type DataColumn } from '#renderer/kit/index.ts'
import { formatBytes, formatCountShort } from '#shared/units/index.ts'
import type { CandidateRow, IndexRow } from './build-rows.ts'
import { troubleKinds, troubleWords } from './words.ts'

const count = (value: number) => (value === 0 ? '' : formatCountShort(value))

export const indexColumns: readonly DataColumn<IndexRow>[] = [
  {
    id: 'trouble',
    title: 'Trouble',
    origin: 'what may be wrong with it; select it for the reason',
    width: '150px',
    text: (row) => row.troubles.map(({ kind }) => troubleWords[kind]).join(', '),
    // The worst first; rows without trouble come last in either direction.
    sortBy: ({ troubles: [worst] }) => (worst === undefined ? undefined : troubleKinds.indexOf(worst.kind)),
    render: (row) => (
      <span className="inline-flex gap-1">
        {row.troubles.map(({ kind }) => (
          <Badge key={kind} tone={kind === 'invalid' ? 'bad' : 'warn'}>
            {troubleWords[kind]}
          </Badge>
        ))}
      </span>
    ),
  },
  {
    id: 'name',
    title: 'Index',
    origin: 'its name',
    width: 'minmax(140px, 1fr)',
    text: ({ index }) => index.name,
  },
  {
    id: 'table',
    title: 'Table',
    origin: 'schema and name',
    width: 'minmax(110px, 0.8fr)',
    text: ({ index }) => `${index.schema}.${index.table}`,
    render: ({ index }) => (
      <>
        {index.schema !== 'public' && <span className="text-ink-3">{index.schema}.</span>}
        {index.table}
      </>
    ),
  },
  {
    id: 'columns',
    title: 'Columns',
    origin: 'method and key columns, with INCLUDE and condition',
    width: 'minmax(160px, 1.4fr)',
    text: ({ index }) =>
      [
        index.method === 'btree' ? '' : index.method,
        `(${index.keyColumns.join(', ')})`,
        index.includedColumns.length === 0 ? '' : `INCLUDE (${index.includedColumns.join(', ')})`,
        index.predicate === undefined ? '' : `WHERE ${index.predicate}`,
      ]
        .filter((part) => part !== '')
        .join(' '),
  },
  {
    id: 'kind',
    title: 'Stands for',
    origin: 'primary key, unique, another constraint, replica identity',
    width: '96px',
    text: ({ index }) =>
      index.isPrimary
        ? 'primary key'
        : index.isUnique
          ? 'unique'
          : index.isConstraint
            ? 'constraint'
            : index.isReplicaIdentity
              ? 'replication'
              : '',
  },
  {
    id: 'size',
    title: 'Size',
    origin: 'pg_relation_size',
    width: '76px',
    numeric: true,
    sortBy: ({ index }) => index.sizeBytes,
    text: ({ index }) => (index.sizeBytes === undefined ? '' : formatBytes(index.sizeBytes)),
  },
  {
    id: 'scans',
    title: 'Scans',
    origin: 'pg_stat_all_indexes.idx_scan over the range',
    width: '64px',
    numeric: true,
    sortBy: (row) => row.scans,
    text: (row) => count(row.scans),
  },
  {
    id: 'allScans',
    title: 'All scans',
    origin: 'idx_scan since the counters began',
    width: '70px',
    numeric: true,
    sortBy: ({ index }) => index.scans,
    text: ({ index }) => formatCountShort(index.scans),
  },
]

export const candidateColumns: readonly DataColumn<CandidateRow>[] = [
  {
    id: 'what',
    title: 'Why',
    origin: 'whole reads of a large table, or a foreign key that no index serves',
    width: '190px',
    text: ({ candidate }) =>
      candidate.kind === 'seq-scans' ? 'read from end to end' : 'foreign key without index',
  },
  {
    id: 'table',
    title: 'Table',
    origin: 'where the index would be',
    width: 'minmax(140px, 1fr)',
    text: ({ candidate }) =>
      candidate.kind === 'seq-scans'
        ? `${candidate.table.schema}.${candidate.table.name}`
        : `${candidate.key.schema}.${candidate.key.table}`,
  },
  {
    id: 'detail',
    title: 'Evidence',
    origin: 'scans over the range and rows that each read; the key’s columns and what they refer to',
    width: 'minmax(200px, 1.6fr)',
    text: ({ candidate }) =>
      candidate.kind === 'seq-scans'
        ? `${formatCountShort(candidate.scans)} scans of ${formatCountShort(Math.round(candidate.rows / candidate.scans))} rows`
        : `(${candidate.key.columns.join(', ')}) refers to ${candidate.key.references}`,
  },
  {
    id: 'cost',
    title: 'Rows at stake',
    origin: 'rows read by those scans; rows of the referencing table',
    width: '96px',
    numeric: true,
    sortBy: ({ candidate }) => (candidate.kind === 'seq-scans' ? candidate.rows : candidate.table?.liveRows),
    text: ({ candidate }) =>
      formatCountShort(candidate.kind === 'seq-scans' ? candidate.rows : (candidate.table?.liveRows ?? 0)),
  },
]
