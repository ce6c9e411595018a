import { chart, linesOf, type MetricChartDefinition, perThousand } from '#renderer/session-charts/index.ts'
import { formatCores } from './machine-charts.ts'

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
  return chart({
    title: 'The server’s cores',
    lines: linesOf(
      ordered,
      (type) => (at) => perThousand(at('server.cpu-ms', type)),
      (type) => (type === 'ended' ? 'processes that came and went' : type),
    ),
    shape: 'stack',
    format: formatCores,
    source: '/proc/<pid>/schedstat',
    formula: 'time on a core ÷ time, by kind of process',
    needs: ['server.cpu-ms'],
    missing: 'The server’s processes can’t be seen.',
  })
}
