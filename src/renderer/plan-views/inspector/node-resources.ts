import type { BufferBlocks, IoTimes, PlanNode } from '#shared/plan/index.ts'
import { formatBytes, formatCount, formatDuration } from '#shared/units/index.ts'
import { fact, type NodeFact, present } from './node-fact.ts'

export function blockFacts(node: PlanNode, blockBytes: number): readonly NodeFact[] {
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

export function ioFacts(node: PlanNode): readonly NodeFact[] {
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

export function memoryFacts(node: PlanNode): readonly NodeFact[] {
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

export function parallelFacts(node: PlanNode): readonly NodeFact[] {
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
  ])
}
