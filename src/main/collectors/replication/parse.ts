import type { TextValue } from '#main/targets/index.ts'
import type { CounterId, GaugeId, MetricSample } from '#shared/series/index.ts'
import type { Answer } from '../collector.ts'
import type { CounterGroup, FiguresReading } from '../counter-memory.ts'
import { countersOf, parseCounterRows } from '../counter-rows.ts'

export interface FollowingReading extends FiguresReading {
  readonly isStandby: boolean
  /** How many follow this server. */
  readonly standbys: number
  /** Somebody follows this server, or it follows another, and no more than that may be seen. */
  readonly isHidden: boolean
}

/** In the order of the query's columns. */
const lags: readonly GaugeId[] = [
  'replication.unsent-bytes',
  'replication.unwritten-bytes',
  'replication.unflushed-bytes',
  'replication.unreplayed-bytes',
  'replication.write-lag-ms',
  'replication.flush-lag-ms',
  'replication.replay-lag-ms',
]

export function parseFollowing(rows: Answer['rows']): FollowingReading {
  const [isStandby, received, replayed, delayMs, isPaused, receiver] = rows[0] ?? []
  const standbys = rows.map((row) => row.slice(6)).filter(([, , pid]) => pid !== null)
  const names = nameStandbys(standbys)
  return {
    isStandby: isStandby === 't',
    standbys: standbys.length,
    isHidden: receiver === 'hidden' || standbys.some(([, , , state]) => state === null),
    groups: isStandby === 't' ? positionsOf(received ?? null, replayed ?? null) : [],
    gauges: [
      ...(isStandby === 't' ? ownGauges({ received, replayed, delayMs, isPaused, receiver }) : []),
      ...standbys.flatMap(([, , , , ...columns], index) => lagsOf(columns, names[index] ?? '')),
    ],
  }
}

/** Positions are never reset, and go back only with another timeline. */
function positionsOf(received: TextValue, replayed: TextValue): readonly CounterGroup[] {
  const positions = { received, replayed }
  return Object.entries(positions).flatMap(([key, position]) => {
    if (position === null) return []
    const metric: CounterId = key === 'received' ? 'standby.received-bytes' : 'standby.replayed-bytes'
    return [
      {
        key,
        subject: key,
        epoch: '',
        labels: [],
        beganUnseen: true,
        values: countersOf([position], [metric]),
      },
    ]
  })
}

function ownGauges(columns: Readonly<Record<string, TextValue | undefined>>): readonly MetricSample[] {
  const { received, replayed, delayMs, isPaused, receiver } = columns
  const gauges: MetricSample[] = [{ metric: 'standby.paused', value: isPaused === 't' ? 1 : 0 }]
  if (receiver !== 'hidden') {
    gauges.push({ metric: 'standby.streaming', value: receiver === 'streaming' ? 1 : 0 })
  }
  if (received !== null && replayed !== null) {
    gauges.push({
      metric: 'standby.unreplayed-bytes',
      value: Math.max(0, Number(received) - Number(replayed)),
    })
  }
  if (delayMs !== null)
    gauges.push({ metric: 'standby.replay-delay-ms', value: Math.max(0, Number(delayMs)) })
  return gauges
}

/** A name is the application's and its address; where two are the same, their processes tell them apart. */
function nameStandbys(standbys: readonly (readonly TextValue[])[]): readonly string[] {
  const names = standbys.map(([name, address]) => {
    const application = name || 'standby'
    return address === null || address === undefined ? application : `${application} at ${address}`
  })
  return names.map((name, index) => {
    const isAlone = names.indexOf(name) === names.lastIndexOf(name)
    return isAlone ? name : `${name}, process ${standbys[index]?.[2]}`
  })
}

function lagsOf(columns: readonly TextValue[], standby: string): readonly MetricSample[] {
  const labels = [standby]
  const isCaughtUp = Number(columns[3] ?? Number.NaN) <= 0
  return lags.flatMap((metric, index) => {
    // The server forgets the delays of a standby that has caught up and is idle.
    const value = columns[index] ?? (isCaughtUp ? '0' : null)
    return value === null ? [] : [{ metric, labels, value: Math.max(0, Number(value)) }]
  })
}

/** In the order of the queries' columns. */
const slotGauges: readonly GaugeId[] = [
  'slots.active',
  'slots.retained-bytes',
  'slots.unconfirmed-bytes',
  'slots.safe-bytes',
  'slots.inactive-ms',
]

export function parseSlots(rows: Answer['rows']): FiguresReading {
  return {
    gauges: rows.flatMap(([name, , , isActive, ...columns]) =>
      [isActive === 't' ? '1' : '0', ...columns.slice(0, 4)].flatMap((value, index) => {
        const metric = slotGauges[index]
        if (value === null || metric === undefined) return []
        return [{ metric, labels: [name ?? ''], value: Math.max(0, Number(value)) }]
      }),
    ),
    groups: parseCounterRows(
      rows.map(([key, epoch, label, , , , , , ...counters]) => [
        key ?? null,
        epoch ?? null,
        label ?? null,
        ...counters,
      ]),
      {
        subject: ([name = '']) => `slot ${name}`,
        labels: 1,
        metrics: [
          'slots.spilled-transactions',
          'slots.spilled-bytes',
          'slots.streamed-bytes',
          'slots.decoded-transactions',
          'slots.decoded-bytes',
        ],
      },
    ),
  }
}

export function parseConflicts(rows: Answer['rows']): FiguresReading {
  return {
    groups: parseCounterRows(rows, {
      subject: ([database = '']) => `conflicts of database ${database}`,
      labels: 2,
      metrics: ['standby.conflicts'],
    }),
  }
}

export function parseRecovery(rows: Answer['rows']): FiguresReading {
  const ageMs = rows[0]?.[0]
  if (ageMs === undefined || ageMs === null) return {}
  return { gauges: [{ metric: 'standby.chunk-age-ms', value: Math.max(0, Number(ageMs)) }] }
}
