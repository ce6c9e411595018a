import { formatBytes, formatCount, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, sumOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { tableName } from '../sql.ts'
import { inputsOf, largestBy } from '../subtree.ts'

/** Less WAL than this is written in a moment. */
const leastBytes = 262_144
/** Share of the WAL that is copies of whole pages. */
const leastImageShare = 0.5
/** What the copy of a page costs on its way into the WAL's buffers, at most: it is summed up and copied in memory. */
const msPerImage = 0.02
/** A changed row costs a record for the table and one for each index that follows: more means many indexes. */
const manyRecordsPerRow = 6
const leastRows = 100

/** Rows that a write changed: without RETURNING it reports none itself. */
function changedRows(context: RuleContext, node: PlanNode): number {
  if (node.nodeType !== 'ModifyTable') return 0
  return Math.max(node.totalRows ?? 0, sumOf(inputsOf(context, node), ({ totalRows }) => totalRows) ?? 0)
}

function judge(context: RuleContext, node: PlanNode): FindingDraft | undefined {
  const { blockBytes, plan } = context
  const own = node.walExclusive
  if (own === undefined || own.walBytes < leastBytes) return undefined
  // An image leaves out the page's hole: the server does not tell how large they were.
  const imageBytes = Math.min(own.walBytes, own.walFullPageImages * blockBytes)
  const imageShare = imageBytes / own.walBytes
  const rows = changedRows(context, node)
  const recordsPerRow = rows >= leastRows ? own.walRecords / rows : 0
  const byImages = imageShare >= leastImageShare
  const byIndexes = recordsPerRow >= manyRecordsPerRow
  if (!byImages && !byIndexes) return undefined
  const share = byImages ? imageShare : 1 - manyRecordsPerRow / 2 / recordsPerRow
  const mostMs = byImages ? own.walFullPageImages * msPerImage : Number.POSITIVE_INFINITY
  const atStakeMs = node.exclusiveMs === undefined ? undefined : Math.min(node.exclusiveMs * share, mostMs)
  if (!isWorth(context, atStakeMs)) return undefined
  const isRead = node.nodeType !== 'ModifyTable'
  const table = tableName(node)
  return {
    nodeId: node.id,
    title: byImages
      ? `${formatPercent(imageShare)} of ${formatBytes(own.walBytes)} WAL are copies of whole pages`
      : `Each changed row wrote ${formatCount(Math.round(recordsPerRow * 10) / 10)} WAL records: many indexes follow it`,
    evidence: [
      { label: 'WAL', value: formatBytes(own.walBytes), nodeId: node.id },
      { label: 'WAL records', value: formatCount(own.walRecords), nodeId: node.id },
      { label: 'Full-page images', value: formatCount(own.walFullPageImages), nodeId: node.id },
      ...(rows === 0
        ? []
        : [
            { label: 'Rows changed', value: formatCount(rows), nodeId: node.id },
            { label: 'WAL a row', value: formatBytes(own.walBytes / rows), nodeId: node.id },
          ]),
    ],
    advice: byImages
      ? [
          isRead
            ? {
                text: 'A reading node writes WAL where it sets hint bits or prunes pages after a load: vacuum the table after loading, and this is done once.',
                ...(table === undefined ? {} : { statement: `VACUUM ${table};` }),
              }
            : {
                text: 'The first change of a page after a checkpoint copies the whole page. Let checkpoints come less often, and change rows that stand together rather than scattered ones.',
                statement:
                  "ALTER SYSTEM SET checkpoint_timeout = '30min';\nALTER SYSTEM SET max_wal_size = '16GB';\nSELECT pg_reload_conf();",
              },
          {
            text: 'Compress the images; it costs some processor time.',
            statement: 'ALTER SYSTEM SET wal_compression = on;\nSELECT pg_reload_conf();',
          },
        ]
      : [
          {
            text: 'Find indexes of this table that nobody reads, and drop them.',
            statement: `SELECT indexrelid::regclass, idx_scan, pg_size_pretty(pg_relation_size(indexrelid)) FROM pg_stat_user_indexes${node.relation === undefined ? '' : ` WHERE relname = '${node.relation.replaceAll("'", "''")}'`} ORDER BY idx_scan;`,
          },
          {
            text: 'Leave room on each page (fillfactor) and don’t update indexed columns: a row that stays on its page needs no new index entries.',
          },
        ],
    timeAtStakeMs: atStakeMs,
    ...(plan.timed ? {} : { severity: 'info' as const }),
  }
}

function find(context: RuleContext, writers: readonly PlanNode[]): readonly FindingDraft[] {
  const worst = largestBy(writers, ({ walExclusive }) => walExclusive?.walBytes)
  const draft = worst === undefined ? undefined : judge(context, worst)
  return draft === undefined ? [] : [draft]
}

export const walAmplification: Rule = {
  id: 'wal-amplification',
  name: 'Much more WAL than the change itself',
  why: 'WAL is written, flushed at commit, shipped to replicas and archived. Copies of whole pages and entries for many indexes make it many times larger than the rows that changed.',
  verify: 'Run it again with WAL: fewer full-page images, fewer bytes a row.',
  notWhen:
    'When it ran right after a checkpoint by chance: a second run in the same interval writes no images of the same pages.',
  concerns: ({ walExclusive }) => walExclusive !== undefined,
  find,
}
