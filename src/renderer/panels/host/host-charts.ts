import type { ColourToken } from '#renderer/charts/index.ts'
import {
  formatBytesPerSecond,
  formatMs,
  formatPerSecond,
  type MetricChartDefinition,
  type MetricLine,
  quotient,
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

const rate = 'every second'
const missing = 'Not told by this machine.'

/** Milliseconds a second as cores, or as a share of the time. */
const perThousand = (value: number | null): number | null => (value === null ? null : value / 1_000)

const formatCores = (value: number): string => `${formatFigure(value)} cores`
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

const cores: MetricChartDefinition = {
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
  rate,
  level: coresLevel,
  headline: (values, limit) => {
    const busy = sum(values[0] ?? null, values[1] ?? null)
    if (busy === null) return '–'
    return limit === null ? formatCores(busy) : `${formatFigure(busy)} of ${formatFigure(limit)}`
  },
  needs: ['host.cpu-ms'],
  missing,
}

const runQueue: MetricChartDefinition = {
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
  rate,
  level: coresLevel,
  needs: ['host.run-queue'],
  missing,
}

const pressure: MetricChartDefinition = {
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
  rate,
  needs: ['host.pressure-ms'],
  missing: 'This kernel does not count it (PSI is switched off).',
}

const memoryUse: MetricChartDefinition = {
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
  rate,
  headline: (values) => {
    const all = sum(...values)
    const programs = values[0] ?? null
    return all === null || programs === null ? '–' : `${formatBytes(programs)} of ${formatBytes(all)}`
  },
  needs: ['host.memory-bytes'],
  missing,
}

const swapping: MetricChartDefinition = {
  title: 'Swapping',
  lines: [
    { key: 'out', label: 'out to swap', colour: '--warn', formula: (at) => at('host.swapped-bytes', 'out') },
    { key: 'in', label: 'in from swap', colour: '--bad', formula: (at) => at('host.swapped-bytes', 'in') },
  ],
  shape: 'stack',
  format: formatBytesPerSecond,
  source: '/proc/vmstat pswpout, pswpin',
  formula: 'pages × 4 KiB ÷ time',
  rate,
  needs: ['host.swapped-bytes'],
  missing,
}

const switches: MetricChartDefinition = {
  title: 'Context switches',
  lines: [
    { key: 'switches', label: 'switches', colour: '--accent', formula: (at) => at('host.context-switches') },
  ],
  shape: 'area',
  format: formatPerSecond,
  source: '/proc/stat ctxt',
  rate,
  needs: ['host.context-switches'],
  missing,
}

export const machineCharts: readonly MetricChartDefinition[] = [cores, runQueue, pressure, memoryUse]
export const furtherCharts: readonly MetricChartDefinition[] = [swapping, switches]

const palette: readonly ColourToken[] = [1, 2, 3, 4, 5, 6, 7, 8].map(
  (number) => `--series-${number}` as const,
)
const colourAt = (index: number): ColourToken => palette[index % palette.length] ?? '--accent'

/** The line that stands highest, with its name: what a chart of several disks has to say in a word. */
function highest(names: readonly string[], format: (value: number) => string) {
  return (values: readonly (number | null)[]): string => {
    const top = values.reduce<number>(
      (best, value, at) => ((value ?? -1) > (values[best] ?? -1) ? at : best),
      0,
    )
    const value = values[top] ?? null
    if (value === null) return '–'
    return names.length > 1 ? `${names[top]} ${format(value)}` : format(value)
  }
}

/** Charts with a line for each disk. */
export function diskCharts(disks: readonly string[]): readonly MetricChartDefinition[] {
  const lines = (formula: (disk: string) => MetricLine['formula']): readonly MetricLine[] =>
    disks.map((disk, index) => ({ key: disk, label: disk, colour: colourAt(index), formula: formula(disk) }))
  const common = {
    shape: 'lines',
    rate,
    needs: ['host.disk-busy-ms'],
    missing: 'No disk has done anything.',
  } as const
  return [
    {
      ...common,
      title: 'Disk latency',
      lines: lines((disk) => (at) => {
        const operationMs = sum(
          at('host.disk-operation-ms', disk, 'read'),
          at('host.disk-operation-ms', disk, 'write'),
        )
        const operations = sum(
          at('host.disk-operations', disk, 'read'),
          at('host.disk-operations', disk, 'write'),
        )
        return quotient(operationMs, operations)
      }),
      format: formatMs,
      source: '/proc/diskstats',
      formula: 'time of operations, queue and all ÷ operations',
      headline: highest(disks, formatMs),
    },
    {
      ...common,
      title: 'Disk queue',
      lines: lines((disk) => (at) => perThousand(at('host.disk-queue-ms', disk))),
      format: formatFigure,
      source: '/proc/diskstats time_in_queue',
      formula: 'operations under way × time ÷ time',
      headline: highest(disks, formatFigure),
    },
    {
      ...common,
      title: 'Disk busy',
      lines: lines((disk) => (at) => perThousand(at('host.disk-busy-ms', disk))),
      most: 1,
      format: formatPercent,
      source: '/proc/diskstats io_ticks',
      formula:
        'time with any operation under way ÷ time; an SSD that serves many at once is not full at 100 %',
      headline: highest(disks, formatPercent),
    },
    {
      ...common,
      title: 'Disk operations',
      lines: [
        direction('host.disk-operations', disks, 'read', 'reads', '--wait-io'),
        direction('host.disk-operations', disks, 'write', 'writes', '--series-3'),
      ],
      shape: 'stack',
      format: formatPerSecond,
      source: '/proc/diskstats',
    },
    {
      ...common,
      title: 'Disk bytes',
      lines: [
        direction('host.disk-bytes', disks, 'read', 'read', '--wait-io'),
        direction('host.disk-bytes', disks, 'write', 'written', '--series-3'),
      ],
      shape: 'stack',
      format: formatBytesPerSecond,
      source: '/proc/diskstats',
      formula: 'sectors × 512 ÷ time',
    },
  ]
}

/** Of all of them together. */
function direction(
  metric: MetricId,
  names: readonly string[],
  way: string,
  label: string,
  colour: ColourToken,
): MetricLine {
  return { key: way, label, colour, formula: (at) => sum(...names.map((name) => at(metric, name, way))) }
}

/** What goes over the network; what stays on the machine (`lo`) is a line of its own. */
export function networkCharts(interfaces: readonly string[]): readonly MetricChartDefinition[] {
  const outside = interfaces.filter((name) => name !== 'lo')
  return [
    {
      title: 'Network',
      lines: [
        direction('host.network-bytes', outside, 'received', 'received', '--series-4'),
        direction('host.network-bytes', outside, 'sent', 'sent', '--series-5'),
        direction('host.network-bytes', ['lo'], 'sent', 'within the machine', '--wait-activity'),
      ],
      shape: 'lines',
      format: formatBytesPerSecond,
      source: '/proc/net/dev',
      rate,
      headline: ([received = null, sent = null]) => {
        const all = sum(received, sent)
        return all === null ? '–' : formatBytesPerSecond(all)
      },
      needs: ['host.network-bytes'],
      missing: 'No interface has carried anything.',
    },
  ]
}

/** Kinds of server processes, in the order of layers. */
const knownTypes = [
  'client backend',
  'parallel worker',
  'autovacuum worker',
  'checkpointer',
  'background writer',
  'walwriter',
  'io worker',
]

/** Whose the server's time on cores is. */
export function serverChart(types: readonly string[]): MetricChartDefinition {
  const rank = (type: string): number =>
    (knownTypes.indexOf(type) + knownTypes.length + 1) % (knownTypes.length + 1)
  const ordered = types.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return {
    title: 'The server’s cores',
    lines: ordered.map((type, index) => ({
      key: type,
      label: type === 'ended' ? 'processes that came and went' : type,
      colour: colourAt(index),
      formula: (at) => perThousand(at('server.cpu-ms', type)),
    })),
    shape: 'stack',
    format: formatCores,
    source: '/proc/<pid>/schedstat',
    formula: 'time on a core ÷ time, by kind of process',
    rate,
    needs: ['server.cpu-ms'],
    missing: 'The server’s processes can’t be seen.',
  }
}
