import { describe, expect, it } from 'vitest'
import { createGate } from '#main/collectors/runner/gate.ts'

describe('the gate', () => {
  it('lets one in at a time, and whoever is urgent before all who wait', async () => {
    const gate = createGate()
    const order: string[] = []
    const pass = async (name: string, isUrgent: boolean): Promise<void> => {
      const leave = await gate.enter(isUrgent)
      order.push(`${name} in`)
      await Promise.resolve()
      order.push(`${name} out`)
      leave()
    }
    await Promise.all([pass('tables', false), pass('wal', false), pass('activity', true), pass('io', false)])
    expect(order.join(', ')).toBe(
      'tables in, tables out, activity in, activity out, wal in, wal out, io in, io out',
    )
  })
})
