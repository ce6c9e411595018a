import { describe, expect, it } from 'vitest'
import type { FiguresReading } from '#main/collectors/counter-memory.ts'
import { parseIo } from '#main/collectors/io/parse.ts'
import { parseFollowing, parseSlots } from '#main/collectors/replication/parse.ts'
import { parseTransactions } from '#main/collectors/transactions/parse.ts'
import { parseWal } from '#main/collectors/wal/parse.ts'
import type { ServerFacts } from '#shared/session/index.ts'

const serverOf = (major: number) => ({ versionNum: major * 10_000, blockBytes: 8_192 }) as ServerFacts
const countersIn = ({ groups = [] }: FiguresReading) =>
  groups.flatMap(({ labels, values }) =>
    [...values].map(([metric, value]) => [metric, ...labels, value].join(' ')),
  )
const gaugesIn = ({ gauges = [] }: FiguresReading) =>
  gauges.map(({ metric, labels = [], value }) => [metric, ...labels, value].join(' '))

describe('figures of I/O', () => {
  const row = (backendType: string, object: string, context: string, writes: number, extended: number) => [
    `${backendType}|${object}|${context}`,
    'epoch',
    backendType,
    object,
    context,
    ...[null, null, null, writes, writes * 8_192, 1.5, null, null, 0, extended * 8_192, 0, 7, 0, 0, 2, 4].map(
      (value) => (value === null ? null : String(value)),
    ),
  ]
  const rows = [
    row('checkpointer', 'relation', 'normal', 50, 0),
    row('client backend', 'relation', 'normal', 3, 2),
    row('client backend', 'temp relation', 'normal', 9, 0),
    row('client backend', 'wal', 'normal', 5, 0),
    row('client backend', 'wal', 'init', 1, 0),
  ]

  it('leave out what does not exist', () => {
    const [first] = rows
    expect(countersIn(parseIo([first ?? []], serverOf(16)))).toEqual([
      'io.writes checkpointer relation normal 50',
      'io.write-bytes checkpointer relation normal 409600',
      'io.write-ms checkpointer relation normal 1.5',
      'io.extends checkpointer relation normal 0',
      'io.extend-bytes checkpointer relation normal 0',
      'io.extend-ms checkpointer relation normal 0',
      'io.hits checkpointer relation normal 7',
      'io.evictions checkpointer relation normal 0',
      'io.reuses checkpointer relation normal 0',
      'io.fsyncs checkpointer relation normal 2',
      'io.fsync-ms checkpointer relation normal 4',
    ])
  })

  it('tell from 17 on what backends had to write, and from 18 on the writes of WAL', () => {
    const sums = (major: number) =>
      countersIn(parseIo(rows, serverOf(major))).filter((line) => !line.startsWith('io.'))
    expect(sums(16)).toEqual([])
    expect(sums(17)).toEqual(['buffers.by-backends 5', 'buffers.backend-fsyncs 2'])
    expect(sums(18)).toEqual([
      'buffers.by-backends 5',
      'buffers.backend-fsyncs 2',
      'wal.writes 5',
      'wal.write-ms 1.5',
      'wal.syncs 2',
      'wal.sync-ms 4',
    ])
  })
})

describe('figures of WAL', () => {
  it('take the position for bytes where nothing else counts them', () => {
    expect(countersIn(parseWal([['4096']]))).toEqual(['wal.position-bytes 4096', 'wal.bytes 4096'])
  })

  it('do without a position where a standby has none yet', () => {
    expect(countersIn(parseWal([[null, 'epoch', '7', '1', '900', '0']]))).toEqual([
      'wal.records 7',
      'wal.full-page-images 1',
      'wal.bytes 900',
      'wal.buffers-full 0',
    ])
  })
})

describe('figures of replication', () => {
  const primary = ['f', null, null, null, null, null]
  const standby = (name: string, pid: string, lags: readonly (string | null)[]) => [
    ...primary,
    name,
    '10.0.0.7',
    pid,
    'streaming',
    ...lags,
  ]

  it('are none where nobody follows', () => {
    const reading = parseFollowing([[...primary, ...Array.from({ length: 11 }, () => null)]])
    expect(reading).toMatchObject({ isStandby: false, standbys: 0, isHidden: false, gauges: [], groups: [] })
  })

  it('tell standbys of one name by their processes, and no delay where all is replayed', () => {
    const reading = parseFollowing([
      standby('walreceiver', '5', ['0', '0', '0', '0', null, null, null]),
      standby('walreceiver', '6', ['8', '16', '16', '32', null, null, '12.5']),
    ])
    expect(gaugesIn(reading).filter((line) => /unreplayed|replay-lag|write-lag/.test(line))).toEqual([
      'replication.unreplayed-bytes walreceiver at 10.0.0.7, process 5 0',
      'replication.write-lag-ms walreceiver at 10.0.0.7, process 5 0',
      'replication.replay-lag-ms walreceiver at 10.0.0.7, process 5 0',
      'replication.unreplayed-bytes walreceiver at 10.0.0.7, process 6 32',
      'replication.replay-lag-ms walreceiver at 10.0.0.7, process 6 12.5',
    ])
  })

  it('say that they are hidden', () => {
    const hidden = [...primary, null, null, '5', null, ...Array.from({ length: 7 }, () => null)]
    expect(parseFollowing([hidden])).toMatchObject({ isHidden: true, gauges: [] })
  })

  it('tell how a standby itself fares', () => {
    const self = ['t', '5000', '4000', '250', 'f', 'streaming', ...Array.from({ length: 11 }, () => null)]
    const reading = parseFollowing([self])
    expect(gaugesIn(reading)).toEqual([
      'standby.paused 0',
      'standby.streaming 1',
      'standby.unreplayed-bytes 1000',
      'standby.replay-delay-ms 250',
    ])
    expect(countersIn(reading)).toEqual(['standby.received-bytes 5000', 'standby.replayed-bytes 4000'])
  })

  it('tell what slots hold back, and what decoding cost where it is counted', () => {
    const physical = ['held', '|x', 'held', 'f', '900', null, null, '60000', null, null, null, null, null]
    const logical = ['decoded', '|x', 'decoded', 't', '800', '700', '5', null, '1', '2', '3', '4', '5']
    const reading = parseSlots([physical, logical])
    expect(gaugesIn(reading)).toEqual([
      'slots.active held 0',
      'slots.retained-bytes held 900',
      'slots.inactive-ms held 60000',
      'slots.active decoded 1',
      'slots.retained-bytes decoded 800',
      'slots.unconfirmed-bytes decoded 700',
      'slots.safe-bytes decoded 5',
    ])
    expect(countersIn(reading)).toEqual([
      'slots.spilled-transactions decoded 1',
      'slots.spilled-bytes decoded 2',
      'slots.streamed-bytes decoded 3',
      'slots.decoded-transactions decoded 4',
      'slots.decoded-bytes decoded 5',
    ])
  })
})

describe('what holds rows back', () => {
  it('is told as 0 where nothing does', () => {
    const rows = [
      ['oldest', null, null],
      ['horizon', 'slots', null],
      ['horizon', 'transactions', '12'],
      ['prepared', null, '0'],
      ['wraparound', 'shop', '90'],
    ]
    expect(gaugesIn(parseTransactions(rows))).toEqual([
      'transactions.oldest-ms 0',
      'transactions.horizon-age slots 0',
      'transactions.horizon-age transactions 12',
      'transactions.prepared 0',
      'transactions.wraparound-age shop 90',
    ])
  })
})
