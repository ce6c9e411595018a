import { describe, expect, it } from 'vitest'
import { describeChanges, diffSettings } from '#main/collectors/settings/changes.ts'

describe('changes of settings', () => {
  const before = new Map([
    ['work_mem', '4MB'],
    ['jit', 'on'],
    ['archive_mode', ''],
  ])

  it('are told with what was before, which is the default for what was not told', () => {
    const changes = diffSettings(before, [
      { name: 'archive_mode', value: '' },
      { name: 'enable_seqscan', value: 'off' },
      { name: 'jit', value: 'on' },
      { name: 'work_mem', value: '64MB' },
    ])
    expect(describeChanges(changes, 5)).toEqual({
      kind: 'settings-changed',
      atMs: 5,
      label: '2 settings: enable_seqscan, work_mem',
      facts: { enable_seqscan: 'default → off', work_mem: '4MB → 64MB' },
    })
  })

  it('name one in full and the first of many', () => {
    expect(describeChanges(diffSettings(before, [{ name: 'jit', value: '' }]), 5).label).toBe(
      'jit on → unset',
    )
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, value: '1' }))
    expect(describeChanges(diffSettings(before, many), 5).label).toBe('5 settings: a, b, c and 2 more')
  })
})
