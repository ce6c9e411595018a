import { describe, expect, it } from 'vitest'
import { adviseOnFailure } from '#renderer/panels/query/outcome.ts'
import { sampleRun } from '#tests/support/sample-run.ts'

const failed = (code: string, ...values: (string | null)[]) =>
  adviseOnFailure({
    ...sampleRun(),
    error: { code, message: 'invalid input syntax for type date: ""' },
    parameters: values.map((value) => ({ value })),
  })

describe('advice on a failed run', () => {
  it('names the parameter that was left empty where the server can’t read its value', () => {
    expect(failed('22007', '2026-10-01', '')).toMatch(/^\$2 is empty/)
  })

  it('says nothing of an empty parameter where something else is wrong', () => {
    expect(failed('22012', '')).toBeUndefined()
    expect(failed('22007', 'tomorrow-ish', null)).toBeUndefined()
  })
})
