import type { ContractClient } from '#tests/support/contract-client.ts'

export interface RoundTrips {
  readonly medianMs: number
  readonly p99Ms: number
  /** A statement of one mebibyte, there only. */
  readonly largeMs: number
  /** With 64 questions under way. */
  readonly perSecond: number
}

const times = 2_000
const largeTimes = 15

export async function measureRoundTrips(client: ContractClient): Promise<RoundTrips> {
  const ask = () => client.workbench.info()
  for (let warm = 0; warm < 300; warm += 1) await ask()
  const took = await timeEach(times, ask)

  const large = `-- ${'x'.repeat(1_024 * 1_024)}`
  const tookLarge = await timeEach(largeTimes, () => client.statements.check({ text: large }))

  const startedAtMs = performance.now()
  let left = times
  const askOn = async () => {
    while (left > 0) {
      left -= 1
      await ask()
    }
  }
  await Promise.all(Array.from({ length: 64 }, askOn))
  return {
    medianMs: at(took, 0.5),
    p99Ms: at(took, 0.99),
    largeMs: at(tookLarge, 0.5),
    perSecond: times / ((performance.now() - startedAtMs) / 1_000),
  }
}

async function timeEach(count: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = []
  for (let turn = 0; turn < count; turn += 1) {
    const startedAtMs = performance.now()
    await work()
    took.push(performance.now() - startedAtMs)
  }
  return took.toSorted((a, b) => a - b)
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
}
