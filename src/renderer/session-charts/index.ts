export {
  blocksAsBytes,
  chart,
  durationChart,
  growthChart,
  linesOf,
  perThousand,
  shareChart,
  timeOfOne,
} from './chart-shapes.ts'
export { formatBytesPerSecond, formatMs, formatPerSecond } from './format-metric.ts'
export { knownCharts } from './known-charts.ts'
export { briefLabelOfKey, labelOfKey } from './label-key.ts'
export { MetricChart, type MetricChartDefinition, type MetricLine } from './metric-chart.tsx'
export { createMetricSource, quotient, sum } from './metric-source.ts'
export type { MetricTable } from './metric-table.ts'
export { RangeWords } from './range-words.tsx'
export { MomentServerWords, ServerWords } from './server-words.tsx'
export { sessionActions, sessionRange } from './session-time.ts'
export { useChartMarks } from './use-chart-marks.ts'
export { type LoadFilter, useLoadChart } from './use-load-chart.ts'
export { useMetricNames } from './use-metric-names.ts'
export { useMetricTable } from './use-metric-table.ts'
export { sessionLoadColours, useSessionLoad } from './use-session-load.ts'
