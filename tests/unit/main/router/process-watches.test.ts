import { describe, expect, it } from 'vitest'
import type { Preferences } from '#main/router/preferences.ts'
import { createProcessWatches } from '#main/router/process-watches.ts'

function memoryPreferences(): Preferences {
  const values = new Map<string, string>()
  return {
    all: () => Object.fromEntries(values),
    get: (key) => values.get(key),
    set: (key, value) => Promise.resolve(void values.set(key, value)),
    close: () => Promise.resolve(),
  }
}

function createWatches(preferences = memoryPreferences()) {
  let ids = 0
  return createProcessWatches(preferences, () => `id ${(ids += 1)}`)
}

describe.skipIf(process.platform !== 'linux')('process watches', () => {
  it('by command are found again after a restart; those by pid are not', async () => {
    const preferences = memoryPreferences()
    const before = createWatches(preferences)
    before.add({ commandLine: 'vite dev' })
    before.add({ pid: process.pid })
    expect(before.list().map(({ name }) => name)).toEqual([
      'vite dev',
      expect.stringContaining(String(process.pid)),
    ])
    expect(createWatches(preferences).list()).toEqual([
      { watchId: 'id 1', name: 'vite dev', commandLine: 'vite dev' },
    ])
  })

  it('are not doubled, keep their array while nothing changes, and can be let go', async () => {
    const watches = createWatches()
    const first = watches.add({ commandLine: 'vite' })
    expect(watches.add({ commandLine: 'vite' })).toBe(first)
    const list = watches.list()
    expect(watches.list()).toBe(list)
    await watches.remove(first.watchId)
    expect(watches.list()).toEqual([])
  })

  it('with names that look alike are told apart', () => {
    const watches = createWatches()
    const long = 'x'.repeat(80)
    expect(watches.add({ commandLine: `${long}1` }).name).not.toBe(
      watches.add({ commandLine: `${long}2` }).name,
    )
  })

  it('of a process that is not there are refused with what to do', () => {
    expect(() => createWatches().add({ pid: 4_194_304 })).toThrow('There is no process 4194304')
  })

  it('find processes by their command, whichever the case, and say which are watched already', () => {
    const watches = createWatches()
    const own = (text: string) => watches.search(text).find(({ pid }) => pid === process.pid)
    expect(own(String(process.pid))).toMatchObject({ isWatched: false })
    const [name = ''] = own(String(process.pid))?.commandLine.split(' ') ?? []
    expect(watches.search(name.toUpperCase()).length).toBeGreaterThan(0)
    watches.add({ pid: process.pid })
    expect(own(String(process.pid))).toMatchObject({ isWatched: true })
  })

  it('that were stored by something else are left aside', async () => {
    const preferences = memoryPreferences()
    for (const text of ['[{"watchId":1}]', '{}', 'nonsense']) {
      await preferences.set('host.watches', text)
      expect(createWatches(preferences).list()).toEqual([])
    }
  })
})
