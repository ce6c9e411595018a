import { describe, expect, it } from 'vitest'
import { createSchemaMemory } from '#renderer/panels/tables/schema-memory.ts'
import type { PackedSchema } from '#shared/schema/index.ts'

const nothing = { count: 0, columns: {} }
const reading = (atMs: number): PackedSchema => ({
  atMs,
  database: 'shop',
  settings: {},
  notes: [],
  tables: nothing,
  indexes: nothing,
  foreignKeys: nothing,
})
const known = (atMs: number) => ({ atMs, isKnown: true }) as const

describe('what is remembered of the schema', () => {
  it('is the very same object while the readings are the same, so that nothing is drawn anew', () => {
    const memory = createSchemaMemory()
    const first = memory.take('s', { now: reading(2), before: reading(1) })
    expect(memory.known('s')).toEqual([2, 1])
    expect(memory.take('s', { now: known(2), before: known(1) })).toBe(first)
    const next = memory.take('s', { now: reading(3), before: known(1) })
    expect(next?.now.atMs).toBe(3)
    expect(next?.before).toBe(first?.before)
  })

  it('is one reading where it was told once for both', () => {
    const memory = createSchemaMemory()
    const span = memory.take('s', { now: reading(1), before: known(1) })
    expect(span?.before).toBe(span?.now)
  })

  it('is of one session, and nothing where nothing was read', () => {
    const memory = createSchemaMemory()
    memory.take('s', { now: reading(1), before: known(1) })
    expect(memory.known('another')).toEqual([])
    expect(memory.take('another', { now: known(1), before: known(1) })).toBeUndefined()
    expect(memory.take('another', {})).toBeUndefined()
  })
})
