import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  diffCpu,
  diffDisk,
  growthOf,
  parseCpu,
  parseDisks,
  parseInterfaces,
  parseLoadAverages,
  parseMemory,
  parsePressure,
  parseSwap,
} from '#shared/host/index.ts'

const recorded = (path: string): string =>
  readFileSync(new URL(`../../../fixtures/host/linux-6.18/proc/${path}`, import.meta.url), 'utf8')

const lines = (...text: readonly string[]): string => text.join('\n')

describe('time of cores', () => {
  it('is read for each core, with the tasks that want one', () => {
    const { cores, runnable, blocked, contextSwitches, bootedAtMs } = parseCpu(recorded('stat'))
    expect([...cores.keys()]).toEqual([0, 1])
    expect(cores.get(0)?.userMs).toBeGreaterThan(cores.get(0)?.stealMs ?? Number.NaN)
    expect(runnable).toBeGreaterThan(0)
    expect(blocked).toBeGreaterThanOrEqual(0)
    expect(contextSwitches).toBeGreaterThan(1e6)
    expect(bootedAtMs).toBe(1_795_770_975_000)
  })

  it('counts fields that an old kernel does not have as nothing', () => {
    const { cores, runnable } = parseCpu(lines('cpu  20 4 6 100', 'cpu0 20 4 6 100', 'ctxt 5'))
    expect(cores.get(0)).toMatchObject({ userMs: 200, niceMs: 40, systemMs: 60, idleMs: 1_000, stealMs: 0 })
    expect(runnable).toBeUndefined()
  })

  it('keeps the numbers of cores when one is offline', () => {
    expect([...parseCpu(lines('cpu0 1 0 0 0', 'cpu2 1 0 0 0')).cores.keys()]).toEqual([0, 2])
  })

  it('sums to user, system, iowait and steal between two readings, and never falls', () => {
    const before = parseCpu('cpu0 100 10 50 1000 30 5 5 2').cores.get(0)
    const now = parseCpu('cpu0 160 12 60 1010 28 6 8 5').cores.get(0)
    if (before === undefined || now === undefined) throw new Error('a core is missing')
    expect(diffCpu(before, now)).toEqual({ user: 620, system: 140, iowait: 0, steal: 30 })
  })
})

describe('memory', () => {
  it('is told apart by use', () => {
    const memory = parseMemory(recorded('meminfo'))
    if (memory === undefined) throw new Error('nothing was read')
    expect(memory.totalBytes).toBe(24_684_096 * 1_024)
    expect(memory.availableBytes).toBeLessThan(memory.totalBytes)
    expect(memory.freeBytes + memory.cachedBytes).toBeLessThan(memory.totalBytes)
    expect(memory.swapTotalBytes).toBe(0)
    expect(memory.hugePagesBytes).toBe(0)
  })

  it('estimates what is available where the kernel does not say it', () => {
    const memory = parseMemory(
      lines('MemTotal: 1000 kB', 'MemFree: 200 kB', 'Buffers: 50 kB', 'Cached: 400 kB', 'Shmem: 100 kB'),
    )
    expect(memory?.availableBytes).toBe(550 * 1_024)
  })

  it('counts huge pages by their size', () => {
    const memory = parseMemory(lines('MemTotal: 9000000 kB', 'HugePages_Total: 4', 'Hugepagesize: 2048 kB'))
    expect(memory?.hugePagesBytes).toBe(8 * 1_024 * 1_024)
  })

  it('is absent where the file says nothing', () => {
    expect(parseMemory('')).toBeUndefined()
  })

  it('swaps pages in and out', () => {
    expect(parseSwap(recorded('vmstat'))).toEqual({ pagesIn: 0, pagesOut: 0 })
    expect(parseSwap(lines('pswpin 12', 'pswpout 34'))).toEqual({ pagesIn: 12, pagesOut: 34 })
    expect(parseSwap('pgfault 3')).toBeUndefined()
  })
})

describe('pressure', () => {
  it('is the time that tasks were held up', () => {
    const { some, full } = parsePressure(recorded('pressure/io'))
    expect(some).toBeGreaterThan(full ?? Number.NaN)
  })

  it('has no full stalls of the cores on kernels before 5.13', () => {
    expect(parsePressure('some avg10=0.12 avg60=0.05 avg300=0.01 total=123456\n')).toEqual({ some: 123.456 })
  })

  it('is nothing where the kernel does not count it', () => {
    expect(parsePressure('')).toEqual({})
  })
})

describe('disks', () => {
  it('are whole disks that have done something', () => {
    expect(parseDisks(recorded('diskstats')).map(({ name, device }) => [name, device])).toEqual([
      ['vda', '254:0'],
    ])
  })

  it('are neither partitions nor loops, but what is built of disks', () => {
    const figures = '5 0 40 6 7 0 80 9 0 11 12'
    const names = [
      'sda',
      'sda1',
      'nvme0n1',
      'nvme0n1p1',
      'dm-1',
      'dm-10',
      'md0',
      'md0p1',
      'mmcblk0',
      'mmcblk0p2',
      'loop0',
      'sr0',
    ]
    const text = names.map((name, index) => `   8 ${index} ${name} ${figures}`).join('\n')
    expect(parseDisks(text).map(({ name }) => name)).toEqual([
      'sda',
      'nvme0n1',
      'dm-1',
      'dm-10',
      'md0',
      'mmcblk0',
    ])
  })

  it('count sectors of 512 bytes, on kernels with eleven fields and with seventeen', () => {
    const short = parseDisks('8 0 sda 5 1 40 6 7 2 80 9 3 11 12')
    expect(short).toEqual(parseDisks('8 0 sda 5 1 40 6 7 2 80 9 3 11 12 1 1 1 1 1 1'))
    expect(short[0]).toEqual({
      name: 'sda',
      device: '8:0',
      reads: 5,
      readBytes: 20_480,
      readMs: 6,
      writes: 7,
      writtenBytes: 40_960,
      writeMs: 9,
      busyMs: 11,
      queueMs: 12,
    })
  })

  it('leave a line aside that makes no sense', () => {
    expect(parseDisks(lines('8 0 sda 1 2 3', '8 16 sdb x 1 40 6 7 2 80 9 3 11 12', ''))).toEqual([])
  })

  it('grow over the edge of 32 bits', () => {
    const [before] = parseDisks('8 0 sda 5 1 40 4294967000 7 2 80 9 3 11 12')
    const [now] = parseDisks('8 0 sda 8 1 40 104 7 2 80 9 3 11 12')
    if (before === undefined || now === undefined) throw new Error('a disk is missing')
    expect(diffDisk(before, now)).toMatchObject({ reads: 3, readMs: 400, writes: 0 })
  })
})

describe('growth of a counter', () => {
  it('is never negative, and adds up where the counter only grew', () => {
    const reading = fc.integer({ min: 0, max: 2 ** 40 })
    fc.assert(
      fc.property(reading, reading, (before, now) => {
        expect(growthOf(before, now)).toBeGreaterThanOrEqual(0)
        expect(growthOf(Math.min(before, now), Math.max(before, now))).toBe(Math.abs(now - before))
      }),
    )
  })

  it('is what was counted across the edge of 32 bits', () => {
    const step = fc.integer({ min: 0, max: 2 ** 30 })
    fc.assert(
      fc.property(fc.integer({ min: 2 ** 31 + 2 ** 30, max: 2 ** 32 - 1 }), step, (before, grown) => {
        expect(growthOf(before, (before + grown) % 2 ** 32)).toBe(grown)
      }),
    )
  })

  it('is what has come since, of a device that was taken out and put in again', () => {
    expect(growthOf(1_000, 40)).toBe(40)
  })
})

describe('interfaces', () => {
  it('are those that have carried something, without what containers make', () => {
    expect(parseInterfaces(recorded('net/dev')).map(({ name }) => name)).toEqual(['lo', 'eth0'])
    const line = (name: string) => `${name}:10 2 1 1 0 0 0 0 20 4 2 1 0 0 0 0`
    const [only, ...others] = parseInterfaces(
      lines(line('veth12ab'), line('docker0'), line('ens5'), line('br-1')),
    )
    expect(others).toEqual([])
    expect(only).toEqual({
      name: 'ens5',
      received: { bytes: 10, packets: 2, losses: 2 },
      sent: { bytes: 20, packets: 4, losses: 3 },
    })
  })
})

describe('load averages', () => {
  it('are over one, five and fifteen minutes', () => {
    expect(parseLoadAverages('18.36 15.93 10.45 11/528 1646\n')).toEqual({
      one: 18.36,
      five: 15.93,
      fifteen: 10.45,
    })
    expect(parseLoadAverages('')).toBeUndefined()
  })
})

describe('any text', () => {
  it('is read without a fault', () => {
    const parsers = [
      parseCpu,
      parseMemory,
      parseSwap,
      parsePressure,
      parseDisks,
      parseInterfaces,
      parseLoadAverages,
    ]
    const line = fc.string()
    expect(() =>
      fc.assert(fc.property(line, (text) => parsers.forEach((parse) => void parse(text)))),
    ).not.toThrow()
  })
})
