import { describe, expect, it } from 'vitest'
import { readRecentTargets, withRecent } from '#renderer/state/recent-targets.ts'

const at = (host: string, name = host) => ({ name, settings: { host } })

describe('recent targets', () => {
  it('have the latest in front, each once, five at most', () => {
    const known = ['a', 'b', 'c', 'd', 'e'].map((host) => at(host))
    expect(withRecent(known, at('f')).map(({ name }) => name)).toEqual(['f', 'a', 'b', 'c', 'd'])
    expect(withRecent(known, at('c', 'again')).map(({ name }) => name)).toEqual(['again', 'a', 'b', 'd', 'e'])
  })

  it('are the same whatever the order of their settings', () => {
    const one = { name: 'one', settings: { host: 'a', port: 1 } }
    const other = { name: 'other', settings: { port: 1, host: 'a' } }
    expect(withRecent([one], other)).toEqual([other])
  })

  it('survive a preference that another version wrote', () => {
    expect(readRecentTargets(undefined)).toEqual([])
    expect(readRecentTargets('{')).toEqual([])
    expect(readRecentTargets('{"name":"a"}')).toEqual([])
    const mixed = [
      at('a'),
      { name: 'b' },
      { name: 'c', settings: { host: 7 } },
      { name: 'd', settings: { soon: 'x' } },
    ]
    expect(readRecentTargets(JSON.stringify(mixed))).toEqual([at('a')])
  })
})
