import { describe, expect, it } from 'vitest'
import { labelOfKey } from '#renderer/session-charts/label-key.ts'

describe('the name of a key of load', () => {
  it('is what the answer calls it, else the key', () => {
    expect(labelOfKey('statement', '-42', 'select 1')).toBe('select 1')
    expect(labelOfKey('user', 'ann', '')).toBe('ann')
  })

  it('says what is missing rather than nothing', () => {
    expect(labelOfKey('application', '')).toBe('no application name')
    expect(labelOfKey('statement', '')).toBe('no statement')
  })

  it('keeps an event apart from its class', () => {
    expect(labelOfKey('waitEvent', 'IO:DataFileRead', 'IO:DataFileRead')).toBe('IO · DataFileRead')
  })
})
