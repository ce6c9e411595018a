import type { BufferBlocks, IoTimes, Plan, PlanNode } from '#shared/plan/index.ts'
import { formatBytes, formatCount, formatDuration, formatFactor, formatPercent } from '#shared/units/index.ts'

/** One line of the inspector; `origin` says where the figure comes from. */
export interface NodeFact {
  readonly label: string
  readonly value: string
  readonly origin?: string
  readonly tone?: 'warn' | 'bad'
}

export interface NodeSection {
  readonly title: string
  readonly facts: readonly NodeFact[]
}

/** From this factor on, a misestimate is coloured. */
const misestimateWarn = 4
const misestimateBad = 20

/** Everything that is known of a node, in sections; empty sections are left out. */
export function buildNodeSections(plan: Plan, node: PlanNode, blockBytes: number): readonly NodeSection[] {
  const sections: NodeSection[] = [
    { title: 'Time', facts: timeFacts(node) },
    { title: 'Rows', facts: rowFacts(node) },
    { title: 'Blocks', facts: blockFacts(node, blockBytes) },
    { title: 'I/O time', facts: ioFacts(node) },
    { title: 'Memory and disk', facts: memoryFacts(node) },
    { title: 'Parallel', facts: parallelFacts(node) },
    { title: 'Planner', facts: plannerFacts(node) },
    { title: 'Place', facts: placeFacts(plan, node) },
  ]
  return sections.filter((section) => section.facts.length > 0)
}

/** Facts whose figure is absent are left out rather than shown as zero. */
function fact(
  label: string,
  figure: number | undefined,
  format: (figure: number) => string,
  origin: string,
  tone?: NodeFact['tone'],
): NodeFact | undefined {
  if (figure === undefined) return undefined
  return {
    label,
    value: format(figure),
    origin: `${figure} · ${origin}`,
    ...(tone === undefined ? {} : { tone }),
  }
}

function present(facts: readonly (NodeFact | undefined)[]): readonly NodeFact[] {
  return facts.filter((entry) => entry !== undefined)
}

function mark(value: string, exactness: 'exact' | 'bounded' | 'estimated' | undefined): string {
  return exactness === 'estimated' ? `≈ ${value}` : exactness === 'bounded' ? `± ${value}` : value
}

function timeFacts(node: PlanNode): readonly NodeFact[] {
  if (node.neverExecuted) return [{ label: 'executed', value: 'never', origin: 'Actual Loops = 0' }]
  const { exactness } = node
  return present([
    fact(
      'exclusive, elapsed',
      node.exclusiveMs,
      (ms) => mark(formatDuration(ms), exactness.exclusiveMs),
      'inclusive less what ran inside it',
    ),
    fact(
      'inclusive, elapsed',
      node.inclusiveMs,
      (ms) => mark(formatDuration(ms), exactness.inclusiveMs),
      'Actual Total Time × loops ÷ processes',
    ),
    fact(
      'exclusive, work',
      node.exclusiveWorkMs,
      (ms) => mark(formatDuration(ms), exactness.exclusiveWorkMs),
      'summed over processes',
    ),
    fact(
      'inclusive, work',
      node.workMs,
      (ms) => mark(formatDuration(ms), exactness.workMs),
      'Actual Total Time × loops',
    ),
    fact('first row after', node.startupMs, formatDuration, 'Actual Startup Time, mean of a loop'),
    fact('loops', node.loops, formatCount, 'Actual Loops, over all processes'),
  ])
}

function rowFacts(node: PlanNode): readonly NodeFact[] {
  const { misestimate } = node
  const off = misestimate === undefined || misestimate.direction === 'none' ? undefined : misestimate
  return present([
    fact(
      'rows out',
      node.totalRows,
      (rows) => mark(formatCount(Math.round(rows)), node.exactness.totalRows),
      'Actual Rows × loops',
    ),
    node.totalRowsRange === undefined
      ? undefined
      : {
          label: 'rows lie in',
          value: `${formatCount(Math.floor(node.totalRowsRange.low))} – ${formatCount(Math.ceil(node.totalRowsRange.high))}`,
          origin: 'Actual Rows is a rounded mean before PostgreSQL 18',
        },
    node.loops === undefined || node.loops <= 1
      ? undefined
      : fact('rows per loop', node.actualRows, formatCount, 'Actual Rows'),
    fact('estimated', node.planRows, formatCount, 'Plan Rows, per loop and process'),
    off === undefined
      ? undefined
      : {
          label: 'misestimate',
          value: `${formatFactor(off.factor)} ${off.direction}`,
          origin:
            off.direction === 'under'
              ? 'more rows came than the planner expected'
              : 'fewer rows came than the planner expected',
          ...(off.factor >= misestimateBad
            ? { tone: 'bad' as const }
            : off.factor >= misestimateWarn
              ? { tone: 'warn' as const }
              : {}),
        },
    ...node.rowsRemoved.filter(mayHaveRemoved).map((removed): NodeFact => {
      const kept = removed.selectivity === undefined ? '' : ` (${formatPercent(1 - removed.selectivity)})`
      const mostly =
        removed.selectivity !== undefined && removed.selectivity < 0.1 && removed.totalRows > 1_000
      return {
        label: removalLabels[removed.kind],
        value: `${mark(formatCount(Math.round(removed.totalRows)), removed.exactness)}${kept}`,
        origin: 'Rows Removed by … × loops',
        ...(mostly ? { tone: 'bad' as const } : {}),
      }
    }),
    fact(
      'heap fetches',
      node.heapFetches,
      formatCount,
      'rows an index-only scan had to look up in the table: the visibility map is behind (VACUUM)',
    ),
    fact('index searches', node.indexSearches, formatCount, 'descents of the index'),
  ])
}

/** Nothing was thrown away, unless rounding over many loops may hide a number worth knowing. */
function mayHaveRemoved({ totalRows, totalRowsRange }: PlanNode['rowsRemoved'][number]): boolean {
  return totalRows > 0 || (totalRowsRange?.high ?? 0) >= roundedAwayRows
}

const roundedAwayRows = 1_000

const removalLabels = {
  filter: 'thrown away by filter',
  joinFilter: 'thrown away by join filter',
  indexRecheck: 'thrown away by recheck',
  conflictFilter: 'thrown away on conflict',
} as const

function blockFacts(node: PlanNode, blockBytes: number): readonly NodeFact[] {
  const own = node.buffersExclusive ?? node.buffers
  if (own === undefined) return []
  const blocks = (label: string, key: keyof BufferBlocks) => {
    const figure = own[key]
    if (figure === 0) return undefined
    const inclusive = node.buffers?.[key] ?? figure
    return fact(
      label,
      figure,
      (count) => `${formatCount(count)} · ${formatBytes(count * blockBytes)}`,
      `own blocks; ${formatCount(inclusive)} with everything below`,
    )
  }
  return present([
    blocks('hit', 'sharedHitBlocks'),
    blocks('read', 'sharedReadBlocks'),
    blocks('dirtied', 'sharedDirtiedBlocks'),
    blocks('written', 'sharedWrittenBlocks'),
    blocks('local hit', 'localHitBlocks'),
    blocks('local read', 'localReadBlocks'),
    blocks('local dirtied', 'localDirtiedBlocks'),
    blocks('local written', 'localWrittenBlocks'),
    blocks('temporary read', 'tempReadBlocks'),
    blocks('temporary written', 'tempWrittenBlocks'),
    fact('WAL', node.walExclusive?.walBytes || undefined, formatBytes, 'own WAL bytes'),
    fact('WAL records', node.walExclusive?.walRecords || undefined, formatCount, 'own WAL records'),
    fact(
      'full page images',
      node.walExclusive?.walFullPageImages || undefined,
      formatCount,
      'own full page images',
    ),
  ])
}

function ioFacts(node: PlanNode): readonly NodeFact[] {
  const own = node.ioTimesExclusive ?? node.ioTimes
  if (own === undefined) return []
  const io = (label: string, key: keyof IoTimes) =>
    fact(
      label,
      own[key] === 0 ? undefined : own[key],
      formatDuration,
      'own, summed over processes: may exceed elapsed',
    )
  return present([
    io('reading', 'sharedReadMs'),
    io('writing', 'sharedWriteMs'),
    io('local reading', 'localReadMs'),
    io('local writing', 'localWriteMs'),
    io('temporary reading', 'tempReadMs'),
    io('temporary writing', 'tempWriteMs'),
  ])
}

function memoryFacts(node: PlanNode): readonly NodeFact[] {
  const { sort, hash, memoize, bitmap } = node
  return present([
    sort?.method === undefined ? undefined : { label: 'sort method', value: sort.method },
    fact(
      `sort ${sort?.spaceType?.toLowerCase() ?? 'space'}`,
      sort?.spaceBytes,
      formatBytes,
      'Sort Space Used',
      sort?.spaceType === 'Disk' ? 'warn' : undefined,
    ),
    fact(
      'hash batches',
      hash?.batches,
      formatCount,
      `planned ${hash?.originalBatches ?? '–'}; more than one means that it spilled`,
      (hash?.batches ?? 1) > 1 ? 'warn' : undefined,
    ),
    fact('hash buckets', hash?.buckets, formatCount, `planned ${hash?.originalBuckets ?? '–'}`),
    fact('hash memory', hash?.peakMemoryBytes, formatBytes, 'Peak Memory Usage'),
    fact('hash disk', hash?.diskBytes, formatBytes, 'Disk Usage', 'warn'),
    fact('cache hits', memoize?.hits, formatCount, 'Memoize'),
    fact('cache misses', memoize?.misses, formatCount, 'Memoize'),
    fact(
      'cache evictions',
      memoize?.evictions,
      formatCount,
      'Memoize: the cache was too small',
      (memoize?.evictions ?? 0) > 0 ? 'warn' : undefined,
    ),
    fact('exact heap blocks', bitmap?.exactBlocks, formatCount, 'bitmap kept row positions'),
    fact(
      'lossy heap blocks',
      bitmap?.lossyBlocks,
      formatCount,
      'bitmap ran out of work_mem: all their rows are rechecked',
      (bitmap?.lossyBlocks ?? 0) > 0 ? 'warn' : undefined,
    ),
  ])
}

function parallelFacts(node: PlanNode): readonly NodeFact[] {
  const launchedLess = (node.workersLaunched ?? 0) < (node.workersPlanned ?? 0)
  return present([
    node.processes === undefined || node.processes === 1
      ? undefined
      : fact(
          'processes',
          node.processes,
          formatCount,
          'leader, if it took part, and workers that did some work',
        ),
    fact(
      'workers launched',
      node.workersLaunched,
      (n) => `${n} of ${node.workersPlanned ?? '?'} planned`,
      'Workers Launched',
      launchedLess ? 'warn' : undefined,
    ),
    ...node.workers.map((worker) =>
      fact(
        `worker ${worker.workerNumber}`,
        worker.workMs,
        (ms) => `${formatDuration(ms)} · ${formatCount((worker.actualRows ?? 0) * (worker.loops ?? 1))} rows`,
        'as VERBOSE reports it',
      ),
    ),
  ])
}

function plannerFacts(node: PlanNode): readonly NodeFact[] {
  return present([
    fact('total cost', node.totalCost, formatCount, 'in units of seq_page_cost'),
    fact('startup cost', node.startupCost, formatCount, 'before the first row'),
    fact('row width', node.planWidthBytes, formatBytes, 'Plan Width'),
    node.disabled
      ? {
          label: 'disabled',
          value: 'yes',
          origin: 'an enable_* setting is off, and no other way was found',
          tone: 'warn',
        }
      : undefined,
  ])
}

function placeFacts(plan: Plan, node: PlanNode): readonly NodeFact[] {
  const payers = node.chargedTo.filter((charge) => charge.nodeId !== node.parentId)
  return present([
    node.subplanName === undefined ? undefined : { label: 'name', value: node.subplanName },
    node.parentRelationship === undefined ? undefined : { label: 'role', value: node.parentRelationship },
    payers.length === 0
      ? undefined
      : {
          label: 'paid by',
          value: payers
            .map((charge) => plan.nodes[charge.nodeId]?.title.text ?? `node ${charge.nodeId}`)
            .join(', '),
          origin: 'its time is inside the node that reads it, not the one it is listed under',
        },
    fact('subplans removed', node.subplansRemoved, formatCount, 'partitions pruned at run time'),
  ])
}
