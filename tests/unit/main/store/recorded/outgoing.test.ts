import { describe, expect, it } from 'vitest'
import { createOutgoing } from '#main/store/recorded/outgoing.ts'

describe('rows on their way', () => {
  it('are taken as columns, table by table in the order of naming, and only once', () => {
    const outgoing = createOutgoing()
    const origins = outgoing.rows('origins', { origin_no: 'number', user_name: 'text' })
    const ticks = outgoing.rows('activity_ticks', { sampled_at: 'number', period_ms: 'number' })
    expect(outgoing.isEmpty()).toBe(true)
    ticks.add(1, 100)
    origins.add(7, 'ada')
    origins.add(8, undefined)
    expect(outgoing.isEmpty()).toBe(false)
    expect(outgoing.take()).toEqual([
      { table: 'origins', count: 2, columns: { origin_no: Float64Array.of(7, 8), user_name: ['ada', null] } },
      {
        table: 'activity_ticks',
        count: 1,
        columns: { sampled_at: Float64Array.of(1), period_ms: Float64Array.of(100) },
      },
    ])
    expect(outgoing.take()).toEqual([])
  })

  it('hold as many as come between two writes, absent numbers as NaN', () => {
    const outgoing = createOutgoing()
    const rows = outgoing.rows('activity_ticks', { sampled_at: 'number', period_ms: 'number' })
    for (let n = 0; n < 5_000; n += 1) rows.add(n, n % 2 === 0 ? n : undefined)
    const [taken] = outgoing.take()
    expect(taken?.count).toBe(5_000)
    expect(taken?.columns['sampled_at']?.at(-1)).toBe(4_999)
    expect(taken?.columns['period_ms']?.at(-1)).toBeNaN()
  })

  it('can be written in UTF-8 whatever was typed', () => {
    const outgoing = createOutgoing()
    outgoing.rows('origins', { user_name: 'text' }).add('half \ud83d')
    expect(outgoing.take()[0]?.columns['user_name']).toEqual(['half \ufffd'])
  })
})
