import { useSyncExternalStore } from 'react'
import { type MetricTable, useMetricTable } from '#renderer/session-charts/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { formatBytes, formatFigure } from '#shared/units/index.ts'

const roomMetrics: readonly MetricId[] = ['host.filesystem-bytes']

/** What the machine is, in a line: cores, memory, what the container may use, room on the server's file systems. */
export function HostFacts({ table }: { readonly table: MetricTable }) {
  const room = useMetricTable(roomMetrics, { of: 'server' }).table
  const machine = useSyncExternalStore(table.subscribe, () => describeMachine(table))
  const places = useSyncExternalStore(room.subscribe, () => describeRoom(room))
  return (
    <span className="min-w-0 truncate text-ink-2">
      {[machine, places].filter((part) => part !== '').join(' · ')}
    </span>
  )
}

function describeMachine(table: MetricTable): string {
  const cores = table.newest('host.cores')
  const memoryBytes = table.newest('host.memory-bytes', 'total')
  const coreLimit = table.newest('host.cgroup-cores')
  const memoryLimit = table.newest('host.cgroup-memory-bytes', 'limit')
  const limits = [
    ...(coreLimit === null ? [] : [`${formatFigure(coreLimit)} cores`]),
    ...(memoryLimit === null ? [] : [formatBytes(memoryLimit)]),
  ]
  return [
    ...(cores === null ? [] : [cores === 1 ? '1 core' : `${formatFigure(cores)} cores`]),
    ...(memoryBytes === null ? [] : [formatBytes(memoryBytes)]),
    ...(limits.length === 0 ? [] : [`the server’s container may use ${limits.join(' and ')}`]),
  ].join(' · ')
}

function describeRoom(table: MetricTable): string {
  return ['data', 'WAL']
    .flatMap((place) => {
      const available = table.newest('host.filesystem-bytes', place, 'available')
      const total = table.newest('host.filesystem-bytes', place, 'total')
      return available === null || total === null
        ? []
        : [`${place}: ${formatBytes(available)} of ${formatBytes(total)} free`]
    })
    .join(' · ')
}
