export { type Buckets, bucketIndex, bucketStartMs, bucketsFor, type TimeRange } from './buckets.ts'
export {
  type CounterReading,
  type CounterRules,
  diffCounterReadings,
} from './counters.ts'
export type { MetricDefinition } from './define.ts'
export {
  type CounterId,
  type GaugeId,
  isMetricId,
  type MetricId,
  type MetricSample,
  type MetricSeries,
  type MetricTick,
  metricDefinitions,
} from './metrics.ts'
