import { describe, expect, it } from 'vitest'
import type { FileTexts } from '#main/collectors/host/files.ts'
import { createContainer } from '#main/collectors/host/machine/container.ts'
import { createCores } from '#main/collectors/host/machine/cores.ts'
import { createDisks } from '#main/collectors/host/machine/disks.ts'
import type { Part } from '#main/collectors/host/part.ts'
import type { ListedProcess } from '#main/collectors/host/process-list.ts'
import { createServerProcesses } from '#main/collectors/host/server-processes.ts'
import { createSide } from '#main/collectors/host/side.ts'
import { createWatchedTrees } from '#main/collectors/host/watched-trees.ts'
import type { MetricSample, MetricTick } from '#shared/series/index.ts'

const files = (texts: Readonly<Record<string, string>>): FileTexts => new Map(Object.entries(texts))

/** One line a sample: `host.cpu-ms 0 user 120`. */
const dump = (samples: readonly MetricSample[]): readonly string[] =>
  samples.map(({ metric, labels = [], value }) =>
    [metric, ...labels, Math.round(value * 100) / 100].join(' '),
  )

describe('cores', () => {
  const stat = (...cores: readonly string[]) =>
    files({
      '/proc/stat': [
        ...cores.map((times, core) => `cpu${core} ${times}`),
        'procs_running 3',
        'procs_blocked 1',
      ].join('\n'),
    })

  it('tell nothing of their time at the first look, and of rare modes only once they began', () => {
    const part = createCores()
    expect(dump(part.take(stat('10 0 5 100 0')))).toEqual([
      'host.cores 1',
      'host.run-queue 3',
      'host.blocked-tasks 1',
    ])
    const second = dump(part.take(stat('22 0 5 190 0')))
    expect(second.filter((line) => line.startsWith('host.cpu-ms'))).toEqual(['host.cpu-ms 0 user 120'])
    const third = dump(part.take(stat('22 0 5 190 7')))
    expect(third.filter((line) => line.startsWith('host.cpu-ms'))).toEqual([
      'host.cpu-ms 0 user 0',
      'host.cpu-ms 0 iowait 70',
    ])
    const fourth = dump(part.take(stat('22 0 6 190 7')))
    expect(fourth.filter((line) => line.startsWith('host.cpu-ms'))).toEqual([
      'host.cpu-ms 0 user 0',
      'host.cpu-ms 0 system 10',
      'host.cpu-ms 0 iowait 0',
    ])
  })

  it('that come back after they were offline begin anew', () => {
    const part = createCores()
    part.take(stat('10 0 0 0', '10 0 0 0'))
    part.take(stat('20 0 0 0'))
    expect(dump(part.take(stat('30 0 0 0', '1 0 0 0'))).filter((line) => line.includes('cpu-ms 1'))).toEqual(
      [],
    )
  })
})

describe('disks', () => {
  it('are told apart by what they did between two looks', () => {
    const part = createDisks()
    const at = (figures: string) => files({ '/proc/diskstats': `8 0 sda ${figures}` })
    expect(part.take(at('10 0 80 40 5 0 16 20 0 50 60'))).toEqual([])
    expect(dump(part.take(at('12 0 96 46 5 0 16 20 0 55 66')))).toEqual([
      'host.disk-operations sda read 2',
      'host.disk-operations sda write 0',
      'host.disk-bytes sda read 8192',
      'host.disk-bytes sda write 0',
      'host.disk-operation-ms sda read 6',
      'host.disk-operation-ms sda write 0',
      'host.disk-busy-ms sda 5',
      'host.disk-queue-ms sda 6',
    ])
  })
})

describe('a container', () => {
  const group = '/sys/fs/cgroup'

  it('may use what the tightest group above it allows', () => {
    const part = createContainer(7)
    expect(part.paths()).toEqual(['/proc/7/cgroup'])
    const own = { '/proc/7/cgroup': '0::/pods/one\n' }
    expect(part.take(files(own))).toEqual([])
    expect(part.paths()).toContain(`${group}/pods/cpu.max`)
    const limits = {
      ...own,
      [`${group}/pods/one/cpu.max`]: '400000 100000',
      [`${group}/pods/cpu.max`]: '150000 100000',
      [`${group}/pods/one/memory.max`]: 'max',
      [`${group}/pods/memory.max`]: '1000',
      [`${group}/pods/one/memory.current`]: '600',
    }
    const throttled = (usec: number) =>
      files({ ...limits, [`${group}/pods/one/cpu.stat`]: `throttled_usec ${usec}` })
    expect(dump(part.take(throttled(5_000)))).toEqual([
      'host.cgroup-cores 1.5',
      'host.cgroup-memory-bytes limit 1000',
      'host.cgroup-memory-bytes used 600',
    ])
    expect(dump(part.take(throttled(9_000)))).toContain('host.cgroup-throttled-ms 4')
  })

  it('without limits has nothing to tell', () => {
    const part = createContainer('self')
    const texts = files({ '/proc/self/cgroup': '0::/\n', [`${group}/cpu.stat`]: 'throttled_usec 0' })
    part.take(texts)
    expect(part.take(texts)).toEqual([])
  })
})

describe('the server’s processes', () => {
  const stat = (endedTicks: number) =>
    `50 (postgres) S 1 50 50 0 -1 0 0 0 0 0 1 1 ${endedTicks} 0 20 0 1 0 900`
  const at = (
    children: Readonly<Record<number, readonly [title: string, onCpuMs: number, waitedMs: number]>>,
    endedTicks = 0,
  ) =>
    files({
      '/proc/50/stat': stat(endedTicks),
      '/proc/50/schedstat': '1000000 0 1',
      '/proc/50/task/50/children': Object.keys(children).join(' '),
      ...Object.fromEntries(
        Object.entries(children).flatMap(([pid, [title, onCpuMs, waitedMs]]) => [
          [`/proc/${pid}/cmdline`, title],
          [`/proc/${pid}/schedstat`, `${onCpuMs * 1e6} ${waitedMs * 1e6} 1`],
        ]),
      ),
    })

  it('are summed by kind: those that ran before from their second look on, those that began since from the first', () => {
    const { times } = createServerProcesses(50, '')
    const client = 'postgres: shop shop [local] idle'
    times.take(at({ 60: [client, 700, 40] }))
    expect(dump(times.take(at({ 60: [client, 700, 40] })))).toContain('server.processes client backend 1')
    times.take(at({ 60: [client, 740, 60], 61: [client, 5, 1] }))
    const last = dump(times.take(at({ 60: [client, 750, 61], 61: [client, 30, 2] })))
    expect(last).toContain('server.processes client backend 2')
    expect(last).toContain('server.cpu-ms client backend 40')
    expect(last).toContain('server.cpu-wait-ms client backend 3')
  })

  it('that came and went are counted by what the postmaster was told', () => {
    const { times } = createServerProcesses(50, '')
    const client = 'postgres: shop shop [local] idle'
    times.take(at({ 60: [client, 100, 0] }, 10))
    times.take(at({ 60: [client, 100, 0] }, 10))
    // The known one was seen with 100 ms; 30 ms more, and 200 ms of others, came out at their ends.
    const last = dump(times.take(at({}, 43)))
    expect(last).toContain('server.cpu-ms ended 230')
    expect(dump(times.take(at({}, 43)))).toContain('server.cpu-ms ended 0')
  })

  it('that are gone go on as none', () => {
    const { times } = createServerProcesses(50, '')
    const worker = 'postgres: autovacuum worker shop'
    times.take(at({ 60: [worker, 1, 0] }))
    times.take(at({ 60: [worker, 1, 0] }))
    times.take(at({}))
    expect(dump(times.take(at({})))).toContain('server.processes autovacuum worker 0')
  })
})

describe('a watched tree', () => {
  const one = (pid: number, parentPid: number, commandLine: string): ListedProcess => ({
    pid,
    parentPid,
    commandLine,
    name: 'node',
    userMs: 0,
    systemMs: 0,
    endedChildrenMs: 0,
    threads: 1,
    startedMs: pid * 10,
  })
  const statOf = (pid: number, userTicks: number, threads = 1) =>
    `${pid} (node) S 1 1 1 0 -1 0 0 0 0 0 ${userTicks} 0 0 0 20 0 ${threads} 0 ${pid}`
  const read = (part: Part, ...stats: readonly (readonly [number, number, number?])[]) =>
    dump(
      part.take(
        files(
          Object.fromEntries(
            stats.map(([pid, ticks, threads]) => [`/proc/${pid}/stat`, statOf(pid, ticks, threads)]),
          ),
        ),
      ),
    )
  const watch = { watchId: 'w', name: 'server.js', commandLine: 'server.js' }

  it('is every process whose command has the text, with all below it, and nobody twice', () => {
    const trees = createWatchedTrees()
    trees.refresh(
      [watch],
      [
        one(10, 1, 'node server.js'),
        one(11, 10, 'node server.js --worker'),
        one(12, 11, 'sh'),
        one(13, 1, 'node other.js'),
      ],
    )
    expect(read(trees.times, [10, 5], [11, 5], [12, 5, 4], [13, 5])).toEqual([
      'process.count server.js 3',
      'process.cpu-ms server.js 0',
      'process.threads server.js 6',
    ])
    expect(read(trees.times, [10, 7], [11, 5], [12, 6, 4])).toContain('process.cpu-ms server.js 30')
  })

  it('counts all that a process has used that began while it was watched', () => {
    const trees = createWatchedTrees()
    const first = [one(10, 1, 'node server.js')]
    trees.refresh([watch], first)
    read(trees.times, [10, 5])
    trees.refresh([watch], [...first, one(20, 10, 'sh')])
    expect(read(trees.times, [10, 5], [20, 8])).toContain('process.cpu-ms server.js 80')
  })

  it('is empty, not unknown, once its processes have ended, and silent once it is watched no more', () => {
    const trees = createWatchedTrees()
    trees.refresh([watch], [one(10, 1, 'node server.js')])
    read(trees.times, [10, 5])
    trees.refresh([watch], [])
    expect(read(trees.times)).toContain('process.count server.js 0')
    trees.refresh([], [])
    expect(read(trees.times)).toEqual([])
  })

  it('does not take a process for another one that had its number', () => {
    const trees = createWatchedTrees()
    trees.refresh([watch], [{ ...one(10, 1, 'node server.js'), startedMs: 77 }])
    expect(read(trees.times, [10, 5])).toContain('process.count server.js 0')
  })
})

describe('one machine', () => {
  it('is read once a look for all its parts, each at its own pace', async () => {
    const asked: (readonly string[])[] = []
    const ticks: MetricTick[] = []
    let nowMs = 1_000
    const part = (path: string): Part => ({
      paths: () => [path, '/proc/both'],
      take: () => [{ metric: 'host.cores', value: 1 }],
    })
    const look = createSide({
      reader: {
        read(paths) {
          asked.push(paths)
          return Promise.resolve({ texts: new Map(), atMs: nowMs })
        },
      },
      rhythms: [
        { parts: [part('/proc/quick')], everyLooks: () => 1 },
        { parts: [part('/proc/slow')], everyLooks: () => 3 },
      ],
      emit: (emission) => {
        if (emission.kind === 'metrics') ticks.push(emission.tick)
      },
      everyMs: 1_000,
    })
    for (let count = 0; count < 4; count += 1) {
      await look()
      nowMs += 1_100
    }
    expect(asked.map((paths) => paths.join(' '))).toEqual([
      '/proc/quick /proc/both /proc/slow',
      '/proc/quick /proc/both',
      '/proc/quick /proc/both',
      '/proc/quick /proc/both /proc/slow',
    ])
    expect(ticks.map(({ periodMs }) => periodMs)).toEqual([1_000, 3_000, 1_100, 1_100, 1_100, 3_300])
  })
})
