import { describe, expect, it } from 'vitest'
import {
  type Bottleneck,
  type BottleneckArea,
  type DiskFigures,
  findBottlenecks,
  type RangeFigures,
} from '#shared/host/index.ts'

const gib = 1_024 ** 3

/** A machine with eight cores on which nothing happens. */
const calm: RangeFigures = {
  load: { total: 0.02, cpu: 0.01, io: 0.01, lock: 0, lwlock: 0 },
  cores: 8,
  busyCores: 0.1,
  stolenCores: 0,
  runQueue: 1,
  serverCores: 0.02,
  serverWaiting: 0,
  stalls: { cpu: { some: 0 }, io: { some: 0.001, full: 0 }, memory: { some: 0, full: 0 } },
  disks: [],
  memory: { totalBytes: 32 * gib, availableBytes: 20 * gib, swapUsedBytes: 0 },
  swappedBytesPerSecond: 0,
  blocksHitPerSecond: 20,
  blocksReadPerSecond: 0,
  tempBytesPerSecond: 0,
  deadlocksPerMinute: 0,
}

const disk = (changes: Partial<DiskFigures>): DiskFigures => ({
  name: 'nvme0n1',
  readsPerSecond: 100,
  writesPerSecond: 10,
  bytesPerSecond: 1e6,
  readLatencyMs: 0.2,
  queue: 0.1,
  utilisation: 0.02,
  ...changes,
})

function judge(area: BottleneckArea, changes: Partial<RangeFigures>): Bottleneck {
  const found = findBottlenecks({ ...calm, ...changes }).find((one) => one.area === area)
  if (found === undefined) throw new Error(`nothing is said of ${area}`)
  return found
}

const line = ({ severity, verdict, sentence }: Bottleneck): string => `${severity} · ${verdict} · ${sentence}`

describe('a server with nothing to do', () => {
  it('alarms nobody, and says what it saw', () => {
    expect(findBottlenecks(calm).map(line)).toEqual([
      'none · no sign · No sign of a shortage of cores: 0.1 of 8 busy, run queue 1.',
      'none · no sign · No sign that I/O holds anything up: < 0.1 sessions waited for it.',
      'none · no sign · No sign of a shortage of memory: 20 GiB of 32 GiB available, 100 % of the blocks found in shared buffers.',
      'none · no sign · No sign that sessions hold each other up: 0 waited for a lock.',
    ])
  })

  it('alarms nobody while others fill its machine: that is worth knowing at most', () => {
    const found = judge('cpu', { busyCores: 7.9, runQueue: 20, stalls: { cpu: { some: 0.9 } } })
    expect(found.severity).toBe('info')
    expect(found.sentence).toContain('The server itself used < 0.1.')
  })

  it('alarms nobody for a single slow write, and for a few blocks that were not cached', () => {
    const disks = [disk({ writeLatencyMs: 80, queue: 0.05, utilisation: 0.05 })]
    expect(judge('io', { disks }).severity).toBe('none')
    expect(judge('memory', { blocksHitPerSecond: 10, blocksReadPerSecond: 90 }).severity).toBe('none')
  })
})

describe('cores', () => {
  const load = { total: 14, cpu: 13, io: 0.5, lock: 0.2, lwlock: 0.3 }

  it('are saturated where all are busy and tasks wait for one', () => {
    const found = judge('cpu', {
      load,
      busyCores: 7.8,
      serverCores: 7.2,
      runQueue: 14,
      serverWaiting: 5.4,
      stalls: { cpu: { some: 0.38 } },
    })
    expect(line(found)).toBe(
      'critical · saturated · 7.8 of 8 cores busy, run queue 14, 38 % of the time some task waited for a core, 5.4 server processes waiting for one.',
    )
    expect(found.next).toContain('statements by load on CPU')
    expect(found.evidence).toContainEqual({
      label: 'Run queue',
      value: '14',
      source: '/proc/stat procs_running',
    })
  })

  it('are full where all are busy while nobody waits', () => {
    expect(judge('cpu', { load, busyCores: 7.6, serverCores: 7.5, runQueue: 8 }).severity).toBe('warning')
  })

  it('that others use are told apart from the server’s own', () => {
    const found = judge('cpu', { load, busyCores: 7.8, serverCores: 1.2, runQueue: 30 })
    expect(found.sentence).toContain('The server itself used 1.2.')
    expect(found.next).toContain('what else runs on this machine')
  })

  it('of a container are counted by its limit', () => {
    const found = judge('cpu', {
      load,
      busyCores: 2.1,
      serverCores: 1.95,
      coreLimit: 2,
      throttled: 0.6,
      runQueue: 3,
      serverWaiting: 4,
    })
    expect(line(found)).toBe(
      'critical · saturated · The server used 2 of the 2 cores that its container may use, the container was held back 60 % of the time, 4 server processes waiting for one.',
    )
    expect(found.next).toContain('CPU limit')
  })

  it('that a hypervisor gives to others are missed', () => {
    const found = judge('cpu', { load, busyCores: 4, stolenCores: 2 })
    expect(found.severity).toBe('warning')
    expect(found.sentence).toContain('2 cores taken by the hypervisor')
  })

  it('that can’t be seen leave the load on CPU, without a judgement', () => {
    const { cores: _, busyCores: __, ...rest } = calm
    const [cpu] = findBottlenecks({ ...rest, load })
    expect(cpu).toMatchObject({
      severity: 'unknown',
      sentence: expect.stringContaining('13 sessions on CPU'),
    })
  })
})

describe('I/O', () => {
  const load = { total: 6, cpu: 1, io: 4.2, lock: 0, lwlock: 0 }
  const slow = disk({ queue: 12, utilisation: 0.98, readLatencyMs: 14 })

  it('bounds a server that mostly waits for a disk which takes its time', () => {
    const found = judge('io', { load, disks: [slow], stalls: { io: { some: 0.71, full: 0.4 } } })
    expect(line(found)).toBe(
      'critical · bound · 4.2 sessions waited for I/O on average, 70 % of the load; 71 % of the time some task waited for a disk; disk nvme0n1 98 % busy with 12 operations at once, 14 ms an operation.',
    )
    expect(found.next).toContain('statements by load on I/O')
  })

  it('is no bottleneck of a busy disk that nobody waits for', () => {
    const found = judge('io', { disks: [slow] })
    expect(found.severity).toBe('info')
  })

  it('points at checkpoints and WAL where it is writing, and at spills where they are', () => {
    const writing = [disk({ ...slow, writesPerSecond: 2_000, writeLatencyMs: 12 })]
    expect(judge('io', { load, disks: writing }).next).toContain('checkpoints and WAL')
    expect(judge('io', { load, disks: writing, tempBytesPerSecond: 5e7 }).next).toContain('temporary files')
  })

  it('tells of backends that write buffers themselves', () => {
    const found = judge('io', { backendWrites: { blocksPerSecond: 900, share: 0.8 } })
    expect(found.sentence).toBe('Backends wrote 80 % of the buffers themselves.')
  })

  it('is no disk’s fault where disks are idle: blocks come out of the system’s cache', () => {
    const found = judge('io', { load, disks: [disk({})] })
    expect(found.severity).toBe('warning')
    expect(found.next).toContain('More shared buffers')
  })

  it('is judged by pressure alone where no activity was recorded', () => {
    const { load: _, ...rest } = calm
    const found = findBottlenecks({ ...rest, disks: [slow], stalls: { io: { some: 0.8, full: 0.6 } } })
    expect(found[1]?.severity).toBe('critical')
  })

  it('is told by the stall of all tasks where that of some was counted a moment earlier', () => {
    const stalls = { io: { some: 0, full: 0.3 } }
    expect(findBottlenecks({ stalls, disks: [] })[1]).toMatchObject({
      severity: 'critical',
      sentence: '30 % of the time some task waited for a disk.',
    })
  })

  it('is ruled out by pressure alone where nothing else is known', () => {
    const stalls = { io: { some: 0.002, full: 0 } }
    expect(findBottlenecks({ stalls, disks: [] })[1]?.sentence).toBe(
      'No sign that I/O holds anything up: 0.2 % of the time some task waited for a disk.',
    )
  })
})

describe('memory', () => {
  it('is exhausted where the machine swaps in and out', () => {
    const found = judge('memory', {
      swappedBytesPerSecond: 40 * 1_024 ** 2,
      stalls: { memory: { some: 0.31 } },
      memory: { totalBytes: 8 * gib, availableBytes: 0.2 * gib, swapUsedBytes: gib },
    })
    expect(line(found)).toBe(
      'critical · exhausted · 40 MiB a second went from and to swap; 31 % of the time some task waited for memory; 205 MiB of 8 GiB available.',
    )
  })

  it('is short for sorts that spill, and for blocks that are read again and again', () => {
    expect(judge('memory', { tempBytesPerSecond: 100 * 1_024 ** 2 })).toMatchObject({
      severity: 'warning',
      sentence: '100 MiB a second spilled into temporary files.',
    })
    expect(judge('memory', { blocksHitPerSecond: 3_000, blocksReadPerSecond: 7_000 })).toMatchObject({
      severity: 'warning',
      sentence: '30 % of the blocks were found in shared buffers.',
      next: expect.stringContaining('shared_buffers'),
    })
  })
})

describe('locks', () => {
  it('block a server on which most of the load waits for one', () => {
    const found = judge('locks', { load: { total: 4.5, cpu: 1, io: 0.3, lock: 3.2, lwlock: 0 } })
    expect(line(found)).toBe(
      'critical · blocked · 3.2 sessions waited for a lock on average, 71 % of the load.',
    )
    expect(found.next).toContain('Look at Locks')
  })

  it('are told of a single session in the singular', () => {
    const found = judge('locks', { load: { total: 1.02, cpu: 0.02, io: 0, lock: 1, lwlock: 0 } })
    expect(found.sentence).toContain('1 session waited for a lock on average')
  })

  it('of the server itself are told apart', () => {
    const found = judge('locks', { load: { total: 20, cpu: 10, io: 0, lock: 0, lwlock: 8 } })
    expect(found).toMatchObject({ severity: 'warning', next: expect.stringContaining('wait event') })
  })

  it('end in deadlocks now and then', () => {
    expect(judge('locks', { deadlocksPerMinute: 2 }).sentence).toBe('2 deadlocks a minute.')
  })

  it('can’t be told to be absent where what others wait for is hidden; the machine’s own figures can', () => {
    const hidden = { mend: 'GRANT pg_monitor TO watcher;' }
    const found = findBottlenecks({ ...calm, hidden })
    expect(found.map(({ area, verdict }) => `${area} ${verdict}`)).toEqual([
      `cpu ${findBottlenecks(calm)[0]?.verdict}`,
      'io not known',
      `memory ${findBottlenecks(calm)[2]?.verdict}`,
      'locks not known',
    ])
    expect(found[3]).toMatchObject({
      severity: 'unknown',
      sentence:
        'Can’t be judged: what other users’ sessions wait for is hidden from this role. GRANT pg_monitor TO watcher; shows it.',
    })
    expect(findBottlenecks({ ...calm, hidden: {} })[3]?.sentence).toBe(
      'Can’t be judged: what other users’ sessions waited for was hidden from the role that recorded it.',
    )
    // Own sessions that wait are seen, and that deadlocks happen.
    expect(findBottlenecks({ ...calm, hidden, deadlocksPerMinute: 2 })[3]?.verdict).toBe('waiting')
  })
})
