import { formatBytes, formatCount, formatPercent, type Milliseconds } from '#shared/units/index.ts'
import type { PlanNode, WalUsage } from '../../plan-types.ts'
import { isWorth, shareOf, sumOf } from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { tableName } from '../sql.ts'
import { inputsOf, largestBy } from '../subtree.ts'

/** Less WAL than this is written in a moment. */
const leastBytes = 262_144
/** Share of the WAL that is copies of whole pages. */
const leastImageShare = 0.5
/**
 * What the copy of a page costs on its way into the WAL's buffers: it is summed up and copied in memory. Measured right
 * after a checkpoint and without one: 0.002 to 0.005 ms on servers 14 and 18.
 */
const msPerImage = 0.005
/** A changed row costs a record for the table and one for each index that follows: more means many indexes. */
const manyRecordsPerRow = 6
const leastRows = 100
/**
 * What fewer index entries spare. Measured with five to eight indexes on servers 14 and 18: an UPDATE of all rows with
 * fillfactor 70 took 37 to 56 % less, of every tenth row 87 % and more, an INSERT without half of its indexes 30 to 35 %.
 */
const updateShare = 0.4
const insertShare = 0.3

/** Rows that a write changed: without RETURNING it reports none itself. */
function changedRows(context: RuleContext, node: PlanNode): number {
  if (node.nodeType !== 'ModifyTable') return 0
  return Math.max(node.totalRows ?? 0, sumOf(inputsOf(context, node), ({ totalRows }) => totalRows) ?? 0)
}

/** Of WAL records by indexes: rows that only come have no old place to stay at. */
function isInsert({ nodeType, operation, raw }: PlanNode): boolean {
  return nodeType === 'ModifyTable' && operation === 'Insert' && raw['Conflict Resolution'] !== 'UPDATE'
}

interface Cause {
  readonly title: string
  readonly atStakeMs: Milliseconds | undefined
  readonly advice: readonly Advice[]
  /** Only what is certain may be loud: whether an index may go is not told by a plan. */
  readonly isRisk: boolean
}

function imageCause({ blockBytes }: RuleContext, node: PlanNode, own: WalUsage): Cause | undefined {
  // An image leaves out the page's hole: the server does not tell how large they were.
  const share = Math.min(own.walBytes, own.walFullPageImages * blockBytes) / own.walBytes
  if (share < leastImageShare) return undefined
  const table = tableName(node)
  return {
    title: `${formatPercent(share)} of ${formatBytes(own.walBytes)} WAL are copies of whole pages`,
    atStakeMs:
      node.exclusiveMs === undefined
        ? undefined
        : Math.min(node.exclusiveMs * share, own.walFullPageImages * msPerImage),
    advice: [
      node.nodeType === 'ModifyTable'
        ? {
            text: 'The first change of a page after a checkpoint copies the whole page. Let checkpoints come less often, and change rows that stand together rather than scattered ones.',
            statement:
              "ALTER SYSTEM SET checkpoint_timeout = '30min';\nALTER SYSTEM SET max_wal_size = '16GB';\nSELECT pg_reload_conf();",
          }
        : {
            text: 'A reading node writes WAL where it sets hint bits or prunes pages after a load: vacuum the table after loading, and this is done once.',
            ...(table === undefined ? {} : { statement: `VACUUM ${table};` }),
          },
      {
        text: 'Where the WAL’s size matters more than this statement’s time (replicas, the archive), compress the images: measured a third of the bytes, but pglz takes several times as long as copying; lz4 and zstd (PostgreSQL 15 and later) take less.',
        statement: 'ALTER SYSTEM SET wal_compression = on;\nSELECT pg_reload_conf();',
      },
    ],
    isRisk: false,
  }
}

function indexCause(node: PlanNode, own: WalUsage, rows: number): Cause | undefined {
  const recordsPerRow = rows >= leastRows ? own.walRecords / rows : 0
  if (recordsPerRow < manyRecordsPerRow) return undefined
  const inserts = isInsert(node)
  const relation =
    node.relation === undefined ? '' : ` WHERE relname = '${node.relation.replaceAll("'", "''")}'`
  const unread: Advice = {
    text: 'Find indexes of this table that nobody reads, and drop them.',
    statement: `SELECT indexrelid::regclass, idx_scan, pg_size_pretty(pg_relation_size(indexrelid)) FROM pg_stat_user_indexes${relation} ORDER BY idx_scan;`,
  }
  return {
    title: `Each changed row wrote ${formatCount(Math.round(recordsPerRow * 10) / 10)} WAL records: many indexes follow it`,
    atStakeMs: shareOf(node.exclusiveMs, inserts ? insertShare : updateShare),
    advice: inserts
      ? [unread, { text: 'Load much at once before the indexes are made rather than after.' }]
      : [
          {
            text: 'Leave room on each page (fillfactor, then VACUUM FULL once) and don’t update indexed columns: a row that stays on its page needs no new index entries. Where an indexed column is changed, or most rows are changed at once again and again, that helps little.',
          },
          unread,
        ],
    isRisk: inserts,
  }
}

function judge(context: RuleContext, node: PlanNode): FindingDraft | undefined {
  const own = node.walExclusive
  if (own === undefined || own.walBytes < leastBytes) return undefined
  const rows = changedRows(context, node)
  const causes = [imageCause(context, node, own), indexCause(node, own, rows)].flatMap((cause) =>
    cause !== undefined && isWorth(context, cause.atStakeMs) ? [cause] : [],
  )
  const [first, second] = causes
  const cause = (second?.atStakeMs ?? 0) > (first?.atStakeMs ?? 0) ? second : first
  if (cause === undefined) return undefined
  const { title, atStakeMs, advice, isRisk } = cause
  return {
    nodeId: node.id,
    title,
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
    advice,
    timeAtStakeMs: atStakeMs,
    ...(context.plan.timed && !isRisk ? {} : { severity: 'info' as const }),
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
