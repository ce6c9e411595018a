import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  collectTree,
  controlGroupsAbove,
  parseChildren,
  parseCommandLine,
  parseControlGroupPath,
  parseCpuMax,
  parseGroupBytes,
  parseProcessIo,
  parseProcessMemory,
  parseProcessStat,
  parseScheduledTime,
  parseThrottled,
  serverProcessType,
} from '#shared/host/index.ts'

/** `cat` on Linux 6.18. */
const statLine =
  '1648 (cat) R 1636 1636 26857 0 -1 4194304 100 0 0 0 12 34 5 6 20 0 3 0 129523 3133440 393 18446744073709551615 94383472898048 94383472917929 140737213449024 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0'

describe('a process', () => {
  it('tells its parent, its time on cores, its threads and when it began', () => {
    expect(parseProcessStat(statLine)).toEqual({
      pid: 1_648,
      name: 'cat',
      parentPid: 1_636,
      userMs: 120,
      systemMs: 340,
      endedChildrenMs: 110,
      threads: 3,
      startedMs: 1_295_230,
    })
  })

  it('may have any name', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const stat = parseProcessStat(statLine.replace('(cat)', () => `(${name})`))
        expect(stat).toMatchObject({ pid: 1_648, name, parentPid: 1_636, startedMs: 1_295_230 })
      }),
    )
  })

  it('is absent where the line makes no sense', () => {
    for (const text of ['', '1 (a', '1 (a) S', 'x (a) S 1 1 1'])
      expect(parseProcessStat(text)).toBeUndefined()
  })

  it('has run and waited for a core, to the nanosecond', () => {
    expect(parseScheduledTime('295352 103538 2\n')).toEqual({ onCpuMs: 0.295_352, waitedMs: 0.103_538 })
    expect(parseScheduledTime('')).toBeUndefined()
  })

  it('has memory of its own, of files, and shared memory that others count too', () => {
    const text =
      'Name:\tpostgres\nVmRSS:\t   23824 kB\nRssAnon:\t    1516 kB\nRssFile:\t   12580 kB\nRssShmem:\t    9728 kB\nVmSwap:\t       8 kB\nThreads:\t1\n'
    expect(parseProcessMemory(text)).toEqual({
      anonymousBytes: 1_516 * 1_024,
      fileBytes: 12_580 * 1_024,
      sharedBytes: 9_728 * 1_024,
      swappedBytes: 8_192,
      threads: 1,
    })
    expect(parseProcessMemory('Name:\tkthreadd\nThreads:\t1\n')).toBeUndefined()
  })

  it('reads from and writes to disks, without what came out of the page cache', () => {
    const text =
      'rchar: 6976\nwchar: 0\nsyscr: 10\nsyscw: 0\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 0\n'
    expect(parseProcessIo(text)).toEqual({ readBytes: 4_096, writtenBytes: 8_192 })
    expect(parseProcessIo('')).toBeUndefined()
  })

  it('shows its command with spaces between the arguments, or the title it gave itself', () => {
    expect(parseCommandLine('node\0server.js\0--port\x0080\0')).toBe('node server.js --port 80')
    expect(parseCommandLine('postgres: checkpointer \0\0\0\0')).toBe('postgres: checkpointer')
  })

  it('lists its children', () => {
    expect(parseChildren('2149 31696 31698 ')).toEqual([2_149, 31_696, 31_698])
    expect(parseChildren('')).toEqual([])
  })
})

describe('the kind of a server process', () => {
  it.each([
    ['postgres: checkpointer', 'checkpointer'],
    ['postgres: checkpointer performing shutdown checkpoint', 'checkpointer'],
    ['postgres: background writer', 'background writer'],
    ['postgres: walwriter', 'walwriter'],
    ['postgres: autovacuum launcher', 'autovacuum launcher'],
    ['postgres: autovacuum worker shop', 'autovacuum worker'],
    ['postgres: io worker 2', 'io worker'],
    ['postgres: parallel worker for PID 4711', 'parallel worker'],
    ['postgres: logical replication launcher', 'logical replication launcher'],
    ['postgres: logical replication apply worker for subscription 16400', 'logical replication worker'],
    ['postgres: walsender replicator 10.0.0.7(41234) streaming 0/3000148', 'walsender'],
    ['postgres: walreceiver streaming 0/3000148', 'walreceiver'],
    ['postgres: startup recovering 000000010000000000000003', 'startup'],
    ['postgres: archiver last was 000000010000000000000003', 'archiver'],
    ['postgres: shop shop [local] idle in transaction', 'client backend'],
    ['postgres: shop shop 10.0.0.7(41234) SELECT', 'client backend'],
    ['postgres: shop shop ::1(41234) UPDATE waiting', 'client backend'],
    ['postgres: a user with spaces shop [local] idle', 'client backend'],
    ['postgres: pg_cron launcher', 'background worker'],
    ['/usr/lib/postgresql/16/bin/postgres -D /var/lib/postgresql/16/main', undefined],
    ['', undefined],
  ])('of %s is %s', (title, type) => {
    expect(serverProcessType(title)).toBe(type)
  })

  it('is known behind a cluster’s name', () => {
    expect(serverProcessType('postgres: main: walwriter', 'main')).toBe('walwriter')
    expect(serverProcessType('postgres: main: shop shop [local] idle', 'main')).toBe('client backend')
  })
})

describe('a tree of processes', () => {
  const processes = [
    [1, 0],
    [10, 1],
    [11, 10],
    [12, 11],
    [20, 1],
  ].map(([pid = 0, parentPid = 0]) => ({ pid, parentPid }))

  it('holds a process with all its descendants, and nobody else', () => {
    expect(collectTree(processes, [10])).toEqual(new Set([10, 11, 12]))
    expect(collectTree(processes, [10, 11]).size).toBe(3)
    expect(collectTree(processes, [99]).size).toBe(0)
  })

  it('ends where parents go in a circle, as they may between two readings', () => {
    expect(
      collectTree(
        [
          { pid: 1, parentPid: 2 },
          { pid: 2, parentPid: 1 },
        ],
        [1],
      ).size,
    ).toBe(2)
  })
})

describe('a control group', () => {
  it('is found among those of version 1', () => {
    expect(
      parseControlGroupPath('9:name=systemd:/\n4:memory:/a\n0::/system.slice/postgresql.service\n'),
    ).toBe('/system.slice/postgresql.service')
    expect(parseControlGroupPath('4:memory:/a\n')).toBeUndefined()
  })

  it('is limited by those above it too, up to the root that a container sees', () => {
    expect(controlGroupsAbove('/kubepods/pod1/db')).toEqual([
      '/kubepods/pod1/db',
      '/kubepods/pod1',
      '/kubepods',
      '',
    ])
    expect(controlGroupsAbove('/')).toEqual([''])
  })

  it('never leads out of the mount point', () => {
    expect(controlGroupsAbove('/../../etc')).toEqual(['/etc', ''])
  })

  it('may use so many cores and so much memory, or all there is', () => {
    expect(parseCpuMax('150000 100000\n')).toBe(1.5)
    expect(parseCpuMax('max 100000\n')).toBeUndefined()
    expect(parseGroupBytes('536870912\n')).toBe(536_870_912)
    expect(parseGroupBytes('max\n')).toBeUndefined()
    expect(parseThrottled('usage_usec 10\nnr_periods 4\nnr_throttled 1\nthrottled_usec 2500\n')).toBe(2.5)
    expect(parseThrottled('usage_usec 10\n')).toBeUndefined()
  })
})
