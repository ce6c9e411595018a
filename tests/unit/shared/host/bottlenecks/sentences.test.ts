import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findBottlenecks } from '#shared/host/index.ts'

describe('every sentence', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const size = fc.double({ min: 0, max: 1e12, noNaN: true })
  const sessions = fc.double({ min: 0, max: 500, noNaN: true })
  const stall = fc.record({ some: share, full: share })
  const figures = fc.record(
    {
      load: fc.record({ total: sessions, cpu: sessions, io: sessions, lock: sessions, lwlock: sessions }),
      cores: fc.integer({ min: 1, max: 512 }),
      coreLimit: fc.double({ min: 0.1, max: 512, noNaN: true }),
      busyCores: sessions,
      stolenCores: sessions,
      runQueue: sessions,
      serverCores: sessions,
      serverWaiting: sessions,
      throttled: share,
      stalls: fc.record({ cpu: stall, io: stall, memory: stall }, { requiredKeys: [] }),
      disks: fc.array(
        fc.record(
          {
            name: fc.constantFrom('sda', 'sdb'),
            readsPerSecond: size,
            writesPerSecond: size,
            bytesPerSecond: size,
            readLatencyMs: size,
            writeLatencyMs: size,
            queue: sessions,
            utilisation: share,
          },
          {
            requiredKeys: [
              'name',
              'readsPerSecond',
              'writesPerSecond',
              'bytesPerSecond',
              'queue',
              'utilisation',
            ],
          },
        ),
      ),
      memory: fc.record({ totalBytes: size, availableBytes: size, swapUsedBytes: size }),
      swappedBytesPerSecond: size,
      blocksHitPerSecond: size,
      blocksReadPerSecond: size,
      tempBytesPerSecond: size,
      backendWrites: fc.record({ blocksPerSecond: size, share }),
      deadlocksPerMinute: sessions,
    },
    { requiredKeys: ['stalls', 'disks'] },
  )

  it('is whole, and says what to look at next where something is wrong', () => {
    fc.assert(
      fc.property(figures, (any) => {
        for (const { sentence, severity, next, evidence } of findBottlenecks(any)) {
          expect(sentence).toMatch(/^[A-Z0-9<].*\.$/)
          expect(sentence).not.toMatch(/NaN|undefined|Infinity/)
          expect(next === undefined).toBe(severity === 'none' || severity === 'unknown')
          expect(evidence.length > 0 || severity === 'unknown').toBe(true)
        }
      }),
    )
  })
})
