/** What a metric's value counts. `count`, `ms`, `bytes` and `blocks` of a counter are shown as rates: per second. */
export type MetricUnit = 'count' | 'ms' | 'bytes' | 'blocks' | 'ratio' | 'sessions'

export interface MetricDefinition {
  /** As people read it, without unit. */
  readonly label: string
  readonly unit: MetricUnit
  /** `counter`: a sample holds the growth since the last one. `gauge`: it holds the value of the moment. */
  readonly kind: 'counter' | 'gauge'
  /** View and column, or file, that it comes from; versions of PostgreSQL where not all have it. */
  readonly source: string
  /** Names of what tells its series apart (`database`, `backendType` …); empty = one series. */
  readonly labels: readonly string[]
}

interface Counter extends MetricDefinition {
  readonly kind: 'counter'
}

interface Gauge extends MetricDefinition {
  readonly kind: 'gauge'
}

export function counter(
  label: string,
  unit: MetricUnit,
  source: string,
  labels: readonly string[] = [],
): Counter {
  return { label, unit, kind: 'counter', source, labels }
}

export function gauge(
  label: string,
  unit: MetricUnit,
  source: string,
  labels: readonly string[] = [],
): Gauge {
  return { label, unit, kind: 'gauge', source, labels }
}
