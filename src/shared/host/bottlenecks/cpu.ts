import type { Bottleneck, RangeFigures } from './model.ts'
import { evidence, few, fewOf, grade, sentence, share, unknown } from './words.ts'

/** Of the cores that may be used. */
const full = 0.9
const busy = 0.75
/** Share of the time in which some task waited for a core, from which on waiting is felt. */
const feltStall = 0.2
/** Share of the time that a container may be held back before it is felt. */
const feltThrottling = 0.05
/** Of the cores, taken by the hypervisor. */
const feltSteal = 0.1
/** Cores and sessions below which a server has nothing to do. */
const idle = 0.1

/** Whether there were cores enough. */
export function judgeCpu(figures: RangeFigures): Bottleneck {
  const { cores, busyCores, load } = figures
  if (cores === undefined || busyCores === undefined) return judgeByLoad(figures)
  const limit = Math.min(cores, figures.coreLimit ?? cores)
  const stall = figures.stalls.cpu?.some
  const waiting = figures.serverWaiting
  const stolen = figures.stolenCores ?? 0
  const throttled = figures.throttled ?? 0
  // The container's limit is about what the server uses, the machine's cores about what everybody does.
  const used = limit < cores ? (figures.serverCores ?? busyCores) : busyCores + stolen
  const isIdle = (load?.total ?? 0) < idle && (figures.serverCores ?? 0) < idle
  const someWaited =
    (stall ?? 0) >= feltStall || (figures.runQueue ?? 0) >= 1.5 * limit || (waiting ?? 0) >= 0.25 * limit
  const isFull = used >= full * limit

  const severity = grade([
    ['info', isIdle && isFull],
    ['critical', !isIdle && isFull && someWaited],
    ['warning', !isIdle && isFull],
    ['warning', !isIdle && throttled >= feltThrottling],
    ['warning', !isIdle && stolen >= feltSteal * cores],
    ['warning', !isIdle && used >= busy * limit && someWaited],
    ['info', !isIdle && used >= busy * limit],
  ])
  const others = figures.serverCores === undefined ? 0 : busyCores - figures.serverCores
  const isOthers = figures.serverCores !== undefined && others > figures.serverCores

  return {
    area: 'cpu',
    severity,
    verdict: { none: 'no sign', info: 'busy', warning: isFull ? 'full' : 'busy', critical: 'saturated' }[
      severity
    ],
    sentence: severity === 'none' ? calm(figures, used, limit) : tell(figures, used, limit, isOthers),
    evidence: [
      ...evidence('Cores busy', busyCores, 'cores', '/proc/stat'),
      ...evidence('Cores', cores, 'cores', '/proc/stat'),
      ...evidence('Cores that the container may use', figures.coreLimit, 'cores', 'cgroup cpu.max'),
      ...evidence('Cores the server used', figures.serverCores, 'cores', '/proc/<pid>/schedstat'),
      ...evidence('Server processes waiting for a core', waiting, 'count', '/proc/<pid>/schedstat'),
      ...evidence('Run queue', figures.runQueue, 'count', '/proc/stat procs_running'),
      ...evidence('Time in which some task waited for a core', stall, 'share', '/proc/pressure/cpu'),
      ...evidence('Time the container was held back', figures.throttled, 'share', 'cgroup cpu.stat'),
      ...evidence('Cores taken by the hypervisor', figures.stolenCores, 'cores', '/proc/stat steal'),
      ...evidence('Sessions on CPU', load?.cpu, 'count', 'pg_stat_activity'),
    ],
    ...(severity === 'none' ? {} : { next: whatNext(figures, isOthers) }),
  }
}

function calm({ runQueue }: RangeFigures, used: number, limit: number): string {
  const queue = runQueue === undefined ? '' : `, run queue ${few(runQueue)}`
  return `No sign of a shortage of cores: ${few(used)} of ${few(limit)} busy${queue}.`
}

function tell(figures: RangeFigures, used: number, limit: number, isOthers: boolean): string {
  const {
    stalls,
    runQueue,
    serverWaiting,
    serverCores,
    throttled = 0,
    stolenCores = 0,
    cores = limit,
  } = figures
  const isContained = limit < cores
  const parts = [
    isContained
      ? `the server used ${few(used)} of the ${few(limit)} cores that its container may use`
      : `${few(used)} of ${few(limit)} cores busy`,
    ...(runQueue === undefined || isContained ? [] : [`run queue ${few(runQueue)}`]),
    ...(stalls.cpu === undefined || isContained
      ? []
      : [`${share(stalls.cpu.some)} of the time some task waited for a core`]),
    ...(throttled < feltThrottling ? [] : [`the container was held back ${share(throttled)} of the time`]),
    ...(stolenCores < feltSteal * cores ? [] : [`${fewOf(stolenCores, 'core')} taken by the hypervisor`]),
    ...(serverWaiting === undefined || serverWaiting < 0.5
      ? []
      : [`${fewOf(serverWaiting, 'server process', 'server processes')} waiting for one`]),
  ]
  const whose = isOthers && serverCores !== undefined ? ` The server itself used ${few(serverCores)}.` : ''
  return sentence(parts, ', ') + whose
}

function whatNext({ throttled = 0, stolenCores = 0, cores = 1 }: RangeFigures, isOthers: boolean): string {
  if (throttled >= feltThrottling)
    return 'Raise the container’s CPU limit, or find what uses it up among statements by CPU load.'
  if (stolenCores >= feltSteal * cores)
    return 'The hypervisor gives the machine’s cores to others: ask for dedicated ones.'
  if (isOthers) return 'Look for what else runs on this machine; watch it below.'
  return 'Look at statements by load on CPU: fewer rows read, a better plan or fewer calls free cores.'
}

/** Of a machine that can't be seen: sessions on CPU are all that tells. */
function judgeByLoad({ load }: RangeFigures): Bottleneck {
  if (load === undefined) return unknown('cpu')
  return {
    ...unknown('cpu'),
    sentence: `${fewOf(load.cpu, 'session')} on CPU on average; how many cores there are can’t be seen.`,
    evidence: evidence('Sessions on CPU', load.cpu, 'count', 'pg_stat_activity'),
  }
}
