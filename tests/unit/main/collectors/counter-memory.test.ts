import { describe, expect, it } from 'vitest'
import { type CounterGroup, createCounterMemory } from '#main/collectors/counter-memory.ts'
import type { Source } from '#main/collectors/index.ts'
import type { Emission } from '#shared/session/index.ts'

const second = 1_000

/** Feeds readings a second apart and answers with what was emitted, in short. */
function tell(readings: readonly (readonly CounterGroup[])[]): readonly string[] {
  const emitted: string[] = []
  const emit = (emission: Emission) => {
    if (emission.kind === 'marker') emitted.push(`${emission.marker.atMs}: ${emission.marker.label}`)
    if (emission.kind !== 'metrics') return
    const { atMs, periodMs, samples } = emission.tick
    const told = samples.map(({ metric, labels = [], value }) => [metric, ...labels, value].join(' '))
    emitted.push(`${atMs} over ${periodMs}: ${told.join(', ')}`)
  }
  const memory = createCounterMemory({ emit, paceMs: () => second } as unknown as Source)
  readings.forEach((groups, index) => memory.take({ groups }, (index + 1) * second))
  return emitted
}

const shop = (commits: number, rollbacks = 0, epoch = 'e'): CounterGroup => ({
  key: '5',
  subject: 'database shop',
  labels: ['shop'],
  epoch,
  values: new Map([
    ['database.commits', commits],
    ['database.rollbacks', rollbacks],
  ]),
})
const records = (value: number): CounterGroup => ({
  key: 'wal',
  subject: 'pg_stat_wal',
  labels: [],
  epoch: 'e',
  values: new Map([['wal.records', value]]),
})

describe('what a collector of counters emits', () => {
  it('begins when something grew, and goes on with zeros', () => {
    expect(tell([[shop(5)], [shop(5)], [shop(8)], [shop(8)]])).toEqual([
      '3000 over 1000: database.commits shop 3, database.rollbacks shop 0',
      '4000 over 1000: database.commits shop 0, database.rollbacks shop 0',
    ])
  })

  it('is told from the second look on where there are no labels', () => {
    expect(tell([[records(5)], [records(5)]])).toEqual(['2000 over 1000: wal.records 0'])
  })

  it('marks a reset once, by name, and goes on from there', () => {
    expect(tell([[shop(5)], [shop(2, 0, 'later')], [shop(3, 0, 'later')]])).toEqual([
      '2000: Statistics reset: database shop',
      '3000 over 1000: database.commits shop 1, database.rollbacks shop 0',
    ])
  })

  it('counts what is new since the last look from zero', () => {
    expect(tell([[], [shop(2)]])).toEqual([
      '2000 over 1000: database.commits shop 2, database.rollbacks shop 0',
    ])
  })

  it('counts anew what went and came again', () => {
    expect(tell([[shop(5)], [], [shop(2)]])).toEqual([
      '3000 over 1000: database.commits shop 2, database.rollbacks shop 0',
    ])
  })
})
