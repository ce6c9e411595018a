import { describe, expect, it } from 'vitest'
import { activityColumns } from '#renderer/panels/activity/columns.tsx'
import { listBackends, summariseBackends } from '#renderer/panels/activity/list-backends.ts'
import type { BackendRow } from '#shared/contract/index.ts'
import { sampleBackend } from '#tests/support/sample-activity.ts'

const rows: readonly BackendRow[] = [
  { ...sampleBackend({ pid: 1 }), blocks: 0 },
  { ...sampleBackend({ pid: 2, state: 'idle', waitClass: 'Client' }), blocks: 0 },
  { ...sampleBackend({ pid: 3, backendType: 'unknown', state: 'hidden', waitClass: 'Activity' }), blocks: 0 },
]

describe('processes that may not be looked at', () => {
  it('are counted as hidden, and not listed among those at work', () => {
    expect(summariseBackends(rows)).toBe('1 at work · 1 idle · 1 hidden')
    expect(listBackends(rows, 'busy', '').map(({ pid }) => pid)).toEqual([1])
    expect(listBackends(rows, 'all', '').map(({ pid }) => pid)).toEqual([1, 2, 3])
  })

  it('are said to do nothing in particular', () => {
    const wait = activityColumns(0, { hostFigures: false, databases: false }).find(({ id }) => id === 'wait')
    expect(rows.map((row) => wait?.text(row))).toEqual(['CPU', '', ''])
  })
})
