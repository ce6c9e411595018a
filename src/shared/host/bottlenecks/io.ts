import { formatDuration } from '../../units/index.ts'
import type { Bottleneck, DiskFigures, RangeFigures } from './model.ts'
import { evidence, fewOf, grade, partOf, sentence, share, unknown } from './words.ts'

/** Sessions that wait for I/O on average, from which on it is felt, and from which on it is the most of what happens. */
const feltSessions = 0.3
const manySessions = 1
/** Of the load. */
const feltShare = 0.25
const mostShare = 0.5
/** Share of the time in which some task was held up by a disk. */
const feltStall = 0.1
const longStall = 0.3
/** Of a disk: operations under way at once, and the time of one, from which on it is slow. */
const longQueue = 4
const slowOperationMs = 10
/** Of a disk: time with any operation under way, below which waits for I/O are not its fault. */
const idleDisk = 0.2
/** Buffers that backends write themselves. */
const feltBackendBlocks = 100

/** Whether the server waited for disks. */
export function judgeIo(figures: RangeFigures): Bottleneck {
  const { load, stalls, backendWrites } = figures
  const stall = stalls.io
  const stalled = stalledShare(figures)
  const disk = busiestDisk(figures.disks)
  if (load === undefined && stall === undefined && disk === undefined) {
    return unknown('io')
  }
  const sessions = load?.io ?? 0
  const ofLoad = load === undefined ? 0 : partOf(sessions, load.total)
  const waits = load === undefined ? stalled >= feltStall : sessions >= feltSessions && ofLoad >= feltShare
  const waitsMost =
    load === undefined ? (stall?.full ?? 0) >= longStall : sessions >= manySessions && ofLoad >= mostShare
  const isSlow = disk !== undefined && isSlowDisk(disk)
  const isStalled = stalled >= longStall
  const backendsWrite =
    (backendWrites?.blocksPerSecond ?? 0) >= feltBackendBlocks && (backendWrites?.share ?? 0) >= 0.5

  const severity = grade([
    ['critical', waitsMost && (isSlow || isStalled || disk === undefined)],
    ['warning', waits],
    ['info', isSlow || isStalled],
    ['info', backendsWrite],
  ])
  return {
    area: 'io',
    severity,
    verdict: { none: 'no sign', info: 'busy', warning: 'waiting', critical: 'bound' }[severity],
    sentence:
      severity === 'none' ? calm(figures, sessions, disk) : tell(figures, disk, ofLoad, backendsWrite),
    evidence: [
      ...evidence('Sessions waiting for I/O', load?.io, 'count', 'pg_stat_activity'),
      ...evidence('Share of the load', load === undefined ? undefined : ofLoad, 'share', 'pg_stat_activity'),
      ...evidence('Time in which some task waited for a disk', stall?.some, 'share', '/proc/pressure/io'),
      ...evidence('Time in which all tasks did', stall?.full, 'share', '/proc/pressure/io'),
      ...diskEvidence(disk),
      ...evidence('Blocks read', figures.blocksReadPerSecond, 'blocks/s', 'pg_stat_database.blks_read'),
      ...evidence(
        'Buffers written by backends',
        backendWrites?.blocksPerSecond,
        'blocks/s',
        'pg_stat_io, pg_stat_bgwriter',
      ),
      ...evidence('Of all that were written', backendWrites?.share, 'share', 'pg_stat_io, pg_stat_bgwriter'),
    ],
    ...(severity === 'none' ? {} : { next: whatNext(figures, disk, backendsWrite) }),
  }
}

/**
 * The time in which some task waited for a disk. That all did includes that some did, but the two are counted one after
 * the other: over a short range the sum of one may be ahead.
 */
function stalledShare({ stalls }: RangeFigures): number {
  return Math.max(stalls.io?.some ?? 0, stalls.io?.full ?? 0)
}

/** The one that had most to do. */
function busiestDisk(disks: readonly DiskFigures[]): DiskFigures | undefined {
  return disks.toSorted((a, b) => b.queue - a.queue || b.utilisation - a.utilisation)[0]
}

function latencyOf({ readLatencyMs, writeLatencyMs }: DiskFigures): number | undefined {
  if (readLatencyMs === undefined) return writeLatencyMs
  return writeLatencyMs === undefined ? readLatencyMs : Math.max(readLatencyMs, writeLatencyMs)
}

/** Slow is an operation that takes long while the disk has much to do; a single slow one on an idle disk is nothing. */
function isSlowDisk(disk: DiskFigures): boolean {
  return disk.utilisation >= 0.5 && (disk.queue >= longQueue || (latencyOf(disk) ?? 0) >= slowOperationMs)
}

function isIdle(figures: RangeFigures, disk: DiskFigures | undefined): boolean {
  return disk !== undefined && disk.utilisation < idleDisk && stalledShare(figures) < feltStall
}

function describeDisk(disk: DiskFigures): string {
  const latencyMs = latencyOf(disk)
  const latency = latencyMs === undefined ? '' : `, ${formatDuration(latencyMs)} an operation`
  return `disk ${disk.name} ${share(disk.utilisation)} busy with ${fewOf(disk.queue, 'operation')} at once${latency}`
}

function calm(figures: RangeFigures, sessions: number, disk: DiskFigures | undefined): string {
  const parts = [
    ...(figures.load === undefined ? [] : [`${fewOf(sessions, 'session')} waited for it`]),
    ...(disk === undefined ? [] : [`disk ${disk.name} ${share(disk.utilisation)} busy`]),
  ]
  // Where the machine tells nothing else, there is the stall.
  if (parts.length === 0)
    parts.push(`${share(stalledShare(figures))} of the time some task waited for a disk`)
  return `No sign that I/O holds anything up: ${parts.join(', ')}.`
}

function tell(
  figures: RangeFigures,
  disk: DiskFigures | undefined,
  ofLoad: number,
  backendsWrite: boolean,
): string {
  const { load, backendWrites } = figures
  const stalled = stalledShare(figures)
  const parts = [
    ...(load === undefined || load.io < 0.05
      ? []
      : [`${fewOf(load.io, 'session')} waited for I/O on average, ${share(ofLoad)} of the load`]),
    ...(stalled < 0.01 ? [] : [`${share(stalled)} of the time some task waited for a disk`]),
    ...(disk === undefined ? [] : [describeDisk(disk)]),
    ...(backendsWrite && backendWrites !== undefined
      ? [`backends wrote ${share(backendWrites.share)} of the buffers themselves`]
      : []),
  ]
  return sentence(parts)
}

function diskEvidence(disk: DiskFigures | undefined) {
  if (disk === undefined) return []
  const of = `/proc/diskstats ${disk.name}`
  return [
    ...evidence(`${disk.name}: time busy`, disk.utilisation, 'share', of),
    ...evidence(`${disk.name}: operations at once`, disk.queue, 'count', of),
    ...evidence(`${disk.name}: time of a read`, disk.readLatencyMs, 'ms', of),
    ...evidence(`${disk.name}: time of a write`, disk.writeLatencyMs, 'ms', of),
    ...evidence(`${disk.name}: bytes`, disk.bytesPerSecond, 'bytes/s', of),
  ]
}

function whatNext(figures: RangeFigures, disk: DiskFigures | undefined, backendsWrite: boolean): string {
  const writes = disk !== undefined && disk.writesPerSecond > disk.readsPerSecond
  if ((figures.tempBytesPerSecond ?? 0) > 8_388_608)
    return 'Look at temporary files: sorts and hashes that spill are written and read again.'
  if (backendsWrite)
    return 'Look at who writes buffers: a more eager background writer, or more shared buffers, takes writing off the backends.'
  if (isIdle(figures, disk)) {
    return 'The disks are hardly busy: blocks come out of the operating system’s cache. More shared buffers would save them the way.'
  }
  if (writes)
    return 'Look at checkpoints and WAL: writing in bursts, or waiting for each commit, shows there.'
  return 'Look at statements by load on I/O, and at the cache: what is read often should stay in memory.'
}
