export { type Buckets, bucketIndex, bucketStartMs, bucketsFor, type TimeRange } from './buckets.ts'
export { type CounterGrowth, type CounterReading, diffCounterReadings } from './counters.ts'
export {
  isMetricId,
  type MetricDefinition,
  type MetricId,
  type MetricSample,
  type MetricSeries,
  type MetricTick,
  type MetricUnit,
  metricDefinitions,
  metrics,
} from './metrics.ts'
