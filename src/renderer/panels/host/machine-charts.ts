import type { ColourToken } from '#renderer/charts/index.ts'
import {
  chart,
  formatBytesPerSecond,
  formatPerSecond,
  type MetricChartDefinition,
  type MetricLine,
  perThousand,
  sum,
} from '#renderer/session-charts/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { formatBytes, formatFigure, formatPercent } from '#shared/units/index.ts'

/** Everything that the charts of the machine are made of. */
export const machineMetrics: readonly MetricId[] = [
  'host.cores',
  'host.cpu-ms',
  'host.run-queue',
  'host.blocked-tasks',
  'host.load-average',
  'host.context-switches',
  'host.memory-bytes',
  'host.swapped-bytes',
  'host.pressure-ms',
  'host.disk-operations',
  'host.disk-bytes',
  'host.disk-operation-ms',
  'host.disk-busy-ms',
  'host.disk-queue-ms',
  'host.network-bytes',
  'host.network-losses',
  'host.cgroup-cores',
  'host.cgroup-memory-bytes',
  'host.cgroup-throttled-ms',
]

const missing = 'Not told by this machine.'

export const formatCores = (value: number): string => `${formatFigure(value)} cores`
const ofCores = (limit: number): string => (limit === 1 ? '1 core' : `${formatFigure(limit)} cores`)
const coresLevel = { metric: 'host.cores', label: ofCores } as const

function core(mode: string, label: string, colour: ColourToken): MetricLine {
  return { key: mode, label, colour, formula: (at) => perThousand(at('host.cpu-ms', mode)) }
}

function stall(resource: string, label: string, colour: ColourToken): MetricLine {
  return {
    key: resource,
    label,
    colour,
    formula: (at) => perThousand(at('host.pressure-ms', resource, 'some')),
  }
}

function memory(key: string, label: string, colour: ColourToken): MetricLine {
  return { key, label, colour, formula: (at) => at('host.memory-bytes', key) }
}

const cores = chart({
  title: 'Cores busy',
  lines: [
    core('user', 'programs', '--wait-cpu'),
    core('system', 'the kernel', '--wait-cpu/3'),
    core('iowait', 'idle, waiting for a disk', '--wait-io'),
    core('steal', 'taken by the hypervisor', '--bad'),
  ],
  shape: 'stack',
  format: formatCores,
  source: '/proc/stat',
  formula: 'time by mode ÷ time, over all cores',
  level: coresLevel,
  headline: (values, limit) => {
    const busy = sum(values[0] ?? null, values[1] ?? null)
    if (busy === null) return '–'
    // The kernel counts in ticks, which may fall into the next look.
    return limit === null
      ? formatCores(busy)
      : `${formatFigure(Math.min(busy, limit))} of ${formatFigure(limit)}`
  },
  needs: ['host.cpu-ms'],
  missing,
})

const runQueue = chart({
  title: 'Run queue',
  lines: [
    {
      key: 'running',
      label: 'on a core or waiting for one',
      colour: '--wait-cpu',
      formula: (at) => at('host.run-queue'),
    },
    {
      key: 'blocked',
      label: 'waiting for a disk',
      colour: '--wait-io',
      formula: (at) => at('host.blocked-tasks'),
    },
  ],
  shape: 'lines',
  format: formatFigure,
  source: '/proc/stat procs_running, procs_blocked',
  formula: 'tasks at the moment of each look',
  level: coresLevel,
  needs: ['host.run-queue'],
  missing,
})

const pressure = chart({
  title: 'Pressure',
  lines: [
    stall('cpu', 'some task waited for a core', '--wait-cpu'),
    stall('io', 'for a disk', '--wait-io'),
    stall('memory', 'for memory', '--series-2'),
  ],
  shape: 'lines',
  format: formatPercent,
  source: '/proc/pressure/cpu, io, memory',
  formula: 'time with at least one task held up ÷ time',
  needs: ['host.pressure-ms'],
  missing: 'This kernel does not count it (PSI is switched off).',
})

const memoryUse = chart({
  title: 'Memory',
  lines: [
    {
      key: 'programs',
      label: 'programs and the kernel',
      colour: '--series-2',
      formula: (at) => {
        const total = at('host.memory-bytes', 'total')
        const rest = sum(
          at('host.memory-bytes', 'free'),
          at('host.memory-bytes', 'cached'),
          at('host.memory-bytes', 'shared'),
        )
        return total === null || rest === null ? null : Math.max(0, total - rest)
      },
    },
    memory('shared', 'shared: buffers, tmpfs', '--series-1'),
    memory('cached', 'files kept in memory', '--series-7'),
    memory('free', 'free', '--line-strong'),
  ],
  shape: 'stack',
  format: formatBytes,
  source: '/proc/meminfo',
  headline: (values) => {
    const all = sum(...values)
    const programs = values[0] ?? null
    return all === null || programs === null ? '–' : `${formatBytes(programs)} of ${formatBytes(all)}`
  },
  needs: ['host.memory-bytes'],
  missing,
})

const swapping = chart({
  title: 'Swapping',
  lines: [
    { key: 'out', label: 'out to swap', colour: '--warn', formula: (at) => at('host.swapped-bytes', 'out') },
    { key: 'in', label: 'in from swap', colour: '--bad', formula: (at) => at('host.swapped-bytes', 'in') },
  ],
  shape: 'stack',
  format: formatBytesPerSecond,
  source: '/proc/vmstat pswpout, pswpin',
  formula: 'pages × 4 KiB ÷ time',
  needs: ['host.swapped-bytes'],
  missing,
})

const switches = chart({
  title: 'Context switches',
  lines: [
    { key: 'switches', label: 'switches', colour: '--accent', formula: (at) => at('host.context-switches') },
  ],
  shape: 'area',
  format: formatPerSecond,
  source: '/proc/stat ctxt',
  needs: ['host.context-switches'],
  missing,
})

export const machineCharts: readonly MetricChartDefinition[] = [cores, runQueue, pressure, memoryUse]
export const furtherCharts: readonly MetricChartDefinition[] = [swapping, switches]
