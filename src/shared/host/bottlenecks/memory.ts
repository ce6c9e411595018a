import { formatBytes } from '../../units/index.ts'
import type { Bottleneck, RangeFigures } from './model.ts'
import { evidence, grade, sentence, share, unknown } from './words.ts'

/** Of all memory. */
const little = 0.1
const hardlyAny = 0.03
/** Bytes a second from and to swap. */
const feltSwapping = 131_072
const heavySwapping = 4_194_304
/** Share of the time in which some task was held up for want of memory. */
const feltStall = 0.02
const longStall = 0.1
/** Share of blocks found in shared buffers: good, and poor; told where enough blocks are asked for and missed. */
const goodHits = 0.85
const poorHits = 0.75
const tellingBlocks = 1_000
const tellingReads = 500
/** Bytes a second into temporary files. */
const feltSpill = 1_048_576
const heavySpill = 67_108_864

/** Whether memory was short: of the machine, for sorts and hashes, for the buffers. */
export function judgeMemory(figures: RangeFigures): Bottleneck {
  const { memory, stalls, swappedBytesPerSecond: swapped = 0, tempBytesPerSecond: spilled = 0 } = figures
  const hits = hitRatio(figures)
  if (memory === undefined && hits === undefined && figures.tempBytesPerSecond === undefined) {
    return unknown('memory')
  }
  const available = memory === undefined ? 1 : memory.availableBytes / memory.totalBytes
  const stall = stalls.memory?.some ?? 0
  const isTelling =
    (figures.blocksHitPerSecond ?? 0) + (figures.blocksReadPerSecond ?? 0) >= tellingBlocks &&
    (figures.blocksReadPerSecond ?? 0) >= tellingReads
  const misses = isTelling && hits !== undefined ? hits : 1

  const severity = grade([
    ['critical', stall >= longStall || swapped >= heavySwapping || available < hardlyAny],
    ['warning', stall >= feltStall || swapped >= feltSwapping || available < little],
    ['warning', spilled >= heavySpill || misses < poorHits],
    ['info', spilled >= feltSpill || misses < goodHits],
  ])
  const parts = [
    ...(swapped >= feltSwapping ? [`${formatBytes(swapped)} a second went from and to swap`] : []),
    ...(stall >= feltStall ? [`${share(stall)} of the time some task waited for memory`] : []),
    ...(memory !== undefined && available < little
      ? [`${formatBytes(memory.availableBytes)} of ${formatBytes(memory.totalBytes)} available`]
      : []),
    ...(spilled >= feltSpill ? [`${formatBytes(spilled)} a second spilled into temporary files`] : []),
    ...(misses < goodHits ? [`${share(misses)} of the blocks were found in shared buffers`] : []),
  ]
  return {
    area: 'memory',
    severity,
    verdict: { none: 'no sign', info: 'tight', warning: 'short', critical: 'exhausted' }[severity],
    sentence: severity === 'none' ? calm(figures, hits) : sentence(parts),
    evidence: [
      ...evidence('Memory available', memory?.availableBytes, 'bytes', '/proc/meminfo MemAvailable'),
      ...evidence('Memory', memory?.totalBytes, 'bytes', '/proc/meminfo MemTotal'),
      ...evidence(
        'From and to swap',
        figures.swappedBytesPerSecond,
        'bytes/s',
        '/proc/vmstat pswpin, pswpout',
      ),
      ...evidence('Swap in use', memory?.swapUsedBytes, 'bytes', '/proc/meminfo'),
      ...evidence(
        'Time in which some task waited for memory',
        stalls.memory?.some,
        'share',
        '/proc/pressure/memory',
      ),
      ...evidence('Blocks found in shared buffers', hits, 'share', 'pg_stat_database.blks_hit, blks_read'),
      ...evidence('Blocks read', figures.blocksReadPerSecond, 'blocks/s', 'pg_stat_database.blks_read'),
      ...evidence(
        'Into temporary files',
        figures.tempBytesPerSecond,
        'bytes/s',
        'pg_stat_database.temp_bytes',
      ),
    ],
    ...(severity === 'none' ? {} : { next: whatNext(available, stall, swapped, spilled) }),
  }
}

function hitRatio({ blocksHitPerSecond, blocksReadPerSecond }: RangeFigures): number | undefined {
  if (blocksHitPerSecond === undefined || blocksReadPerSecond === undefined) return undefined
  const all = blocksHitPerSecond + blocksReadPerSecond
  return all === 0 ? undefined : blocksHitPerSecond / all
}

function calm({ memory }: RangeFigures, hits: number | undefined): string {
  const parts = [
    ...(memory === undefined
      ? []
      : [`${formatBytes(memory.availableBytes)} of ${formatBytes(memory.totalBytes)} available`]),
    ...(hits === undefined ? [] : [`${share(hits)} of the blocks found in shared buffers`]),
  ]
  return parts.length === 0
    ? 'No sign of a shortage of memory.'
    : `No sign of a shortage of memory: ${parts.join(', ')}.`
}

function whatNext(available: number, stall: number, swapped: number, spilled: number): string {
  if (available < little || stall >= feltStall || swapped >= feltSwapping) {
    return 'Look at which processes hold memory of their own: work_mem × sorts × sessions, and what else runs here.'
  }
  if (spilled >= feltSpill)
    return 'Look at statements that spill: more work_mem for them alone, or fewer rows to sort.'
  return 'Look at tables that are read most: shared_buffers may be small for them, or they are scanned whole.'
}
