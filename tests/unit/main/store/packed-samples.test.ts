import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packSamples, unpackSamples } from '#main/store/packed-samples.ts'
import { type WaitSample, waitClasses } from '#shared/waits/index.ts'

const sample: fc.Arbitrary<WaitSample> = fc.record(
  {
    atMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
    pid: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    role: fc.constantFrom('leader', 'worker'),
    state: fc.constantFrom('active', 'idle in transaction', ''),
    waitClass: fc.constantFrom(...waitClasses),
    waitEvent: fc.constantFrom('DataFileRead', 'a\nb', ''),
  },
  { requiredKeys: ['atMs', 'pid', 'role', 'state', 'waitClass'], noNullPrototype: true },
)

describe('packed wait samples', () => {
  it('are the samples again once unpacked, in the order of time', () => {
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const inOrder = samples.toSorted((a, b) => a.atMs - b.atMs)
        expect(unpackSamples(packSamples(samples))).toStrictEqual(inOrder)
      }),
    )
  })

  it('name each combination of words once', () => {
    const busy: WaitSample = { atMs: 0, pid: 1, role: 'leader', state: 'active', waitClass: 'CPU' }
    const samples = Array.from({ length: 1_000 }, (_, n) => ({ ...busy, atMs: n, pid: n + 1 }))
    expect(packSamples(samples).kinds).toHaveLength(1)
  })

  it('that point nowhere are refused', () => {
    const packed = packSamples([{ atMs: 0, pid: 1, role: 'leader', state: '', waitClass: 'CPU' }])
    expect(() => unpackSamples({ ...packed, kinds: [] })).toThrow(RangeError)
  })
})
