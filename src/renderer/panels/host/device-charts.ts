import type { ColourToken } from '#renderer/charts/index.ts'
import {
  chart,
  durationChart,
  formatBytesPerSecond,
  formatMs,
  formatPerSecond,
  linesOf,
  type MetricChartDefinition,
  type MetricLine,
  perThousand,
  quotient,
  sum,
} from '#renderer/session-charts/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { formatFigure, formatPercent } from '#shared/units/index.ts'

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
  const common = { needs: ['host.disk-busy-ms'], missing: 'No disk has done anything.' } as const
  const both = (metric: MetricId, disk: string): MetricLine['formula'] => {
    return (at) => sum(at(metric, disk, 'read'), at(metric, disk, 'write'))
  }
  return [
    durationChart({
      ...common,
      title: 'Disk latency',
      lines: linesOf(disks, (disk) => {
        const [spentMs, operations] = [
          both('host.disk-operation-ms', disk),
          both('host.disk-operations', disk),
        ]
        return (at) => quotient(spentMs(at), operations(at))
      }),
      source: '/proc/diskstats',
      formula: 'time of operations, queue and all ÷ operations',
      headline: highest(disks, formatMs),
    }),
    chart({
      ...common,
      title: 'Disk queue',
      lines: linesOf(disks, (disk) => (at) => perThousand(at('host.disk-queue-ms', disk))),
      shape: 'lines',
      format: formatFigure,
      source: '/proc/diskstats time_in_queue',
      formula: 'operations under way × time ÷ time',
      headline: highest(disks, formatFigure),
    }),
    chart({
      ...common,
      title: 'Disk busy',
      lines: linesOf(disks, (disk) => (at) => perThousand(at('host.disk-busy-ms', disk))),
      shape: 'lines',
      most: 1,
      format: formatPercent,
      source: '/proc/diskstats io_ticks',
      formula:
        'time with any operation under way ÷ time; an SSD that serves many at once is not full at 100 %',
      headline: highest(disks, formatPercent),
    }),
    chart({
      ...common,
      title: 'Disk operations',
      lines: [
        direction('host.disk-operations', disks, 'read', 'reads', '--wait-io'),
        direction('host.disk-operations', disks, 'write', 'writes', '--series-3'),
      ],
      shape: 'stack',
      format: formatPerSecond,
      source: '/proc/diskstats',
    }),
    chart({
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
    }),
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
    chart({
      title: 'Network',
      lines: [
        direction('host.network-bytes', outside, 'received', 'received', '--series-4'),
        direction('host.network-bytes', outside, 'sent', 'sent', '--series-5'),
        direction('host.network-bytes', ['lo'], 'sent', 'within the machine', '--wait-activity'),
      ],
      shape: 'lines',
      format: formatBytesPerSecond,
      source: '/proc/net/dev',
      headline: ([received = null, sent = null]) => {
        const all = sum(received, sent)
        return all === null ? '–' : formatBytesPerSecond(all)
      },
      needs: ['host.network-bytes'],
      missing: 'No interface has carried anything.',
    }),
  ]
}
