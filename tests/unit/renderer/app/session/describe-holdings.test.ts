import { describe, expect, it } from 'vitest'
import { describeHoldings, describeHoldingsBriefly } from '#renderer/app/session/describe-holdings.ts'

const nothing = { recordedMs: 0, gaps: 0, servers: [], plans: 0 }
const recording = { recordedMs: 34 * 60_000, gaps: 12, servers: ['demo'], plans: 0 }

describe('what a session holds, in a list', () => {
  it('is said of recordings, runs and plans, and only of what there is', () => {
    expect(describeHoldings({ runs: 0, holds: recording })).toBe('recording of 34 min · 12 gaps')
    expect(describeHoldings({ runs: 3, holds: { ...recording, gaps: 1 } })).toBe(
      'recording of 34 min · 1 gap · 3 runs',
    )
    expect(describeHoldings({ runs: 1, holds: { ...nothing, plans: 2 } })).toBe('1 run · 2 plans')
    expect(describeHoldings({ runs: 0, holds: nothing })).toBe('empty')
    expect(describeHoldings({ runs: 2 })).toBe('2 runs')
  })

  it('is a recording, however short', () => {
    expect(describeHoldings({ runs: 0, holds: { ...recording, recordedMs: 120, gaps: 0 } })).toBe(
      'recording of 1 s',
    )
  })

  it('is cut to its main parts where there is little room', () => {
    expect(describeHoldingsBriefly({ runs: 3, holds: { ...recording, plans: 1 } })).toBe('34 min · 3 runs')
    expect(describeHoldingsBriefly({ runs: 0, holds: recording })).toBe('34 min')
    expect(describeHoldingsBriefly({ runs: 1, holds: nothing })).toBe('1 run')
    expect(describeHoldingsBriefly({ runs: 0, holds: nothing })).toBe('empty')
  })
})
