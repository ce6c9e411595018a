import { expect, it } from 'vitest'
import { createConnections } from '#main/collectors/activity/connections.ts'
import type { Source } from '#main/collectors/index.ts'
import type { Emission } from '#shared/session/index.ts'

/** Looks ten times a second; each count takes the server `tookMs`. */
async function countFor(seconds: number, tookMs: number) {
  const emissions: Emission[] = []
  let nowMs = 5_000_000
  const source: Pick<Source, 'ask' | 'now' | 'paceMs' | 'emit'> = {
    ask: async () => ({
      rows: [
        ['idle', '400', '600', null, String(tookMs)],
        ['idle in transaction (aborted)', '2', '600', '{7,9}', String(tookMs)],
      ],
      atMs: nowMs,
      tookMs,
    }),
    now: () => nowMs,
    paceMs: () => 100,
    emit: (emission) => void emissions.push(emission),
  }
  const connections = createConnections(source)
  for (let look = 0; look < seconds * 10; look += 1) {
    if (connections.isDue()) await connections.count()
    nowMs += 100
  }
  return { connections, counts: emissions.length }
}

it('counts once a second, and more rarely where that is dear', async () => {
  expect((await countFor(60, 0.2)).counts).toBe(60)
  expect((await countFor(60, 1)).counts).toBe(30)
  expect((await countFor(60, 50)).counts).toBe(7)
})

it('counts once a second again when counts come from rows that were asked for anyway', async () => {
  const { connections } = await countFor(1, 50)
  expect(connections.isDue()).toBe(false)
  connections.tell([], 5_000_000)
  expect(connections.isDue()).toBe(true)
})

it('knows how many there are, and who is in a failed transaction', async () => {
  const { connections } = await countFor(1, 0.2)
  expect([connections.total, connections.failed]).toEqual([402, '{7,9}'])
})
