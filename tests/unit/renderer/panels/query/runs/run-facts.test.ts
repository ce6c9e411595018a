import { describe, expect, it } from 'vitest'
import { buildRunFacts } from '#renderer/panels/query/runs/run-facts.ts'
import { bareRun } from '#tests/support/sample-run.ts'

describe('the conditions of a run', () => {
  it('name the server, parameters, locks and settings, and leave out what there is none of', () => {
    const run = bareRun({
      parameters: [{ value: '7', type: 'integer' }, { value: null }],
      settings: { work_mem: '4MB' },
    })
    const groups = new Map(buildRunFacts(run).map((group) => [group.title, group.facts]))
    expect([...groups.keys()]).toEqual(['Run', 'Parameters', 'Watching', 'Settings'])
    expect(groups.get('Parameters')?.map(({ label, value }) => `${label} = ${value}`)).toEqual([
      '$1 integer = 7',
      '$2 = NULL',
    ])
    expect(groups.get('Settings')).toEqual([{ label: 'work_mem', value: '4MB' }])
  })
})
