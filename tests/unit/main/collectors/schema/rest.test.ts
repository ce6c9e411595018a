import { describe, expect, it } from 'vitest'
import { createSchemaRest } from '#main/collectors/schema/rest.ts'

/** When each of some readings is due, asked by the second; each takes so long on the server. */
function dueAt(spentMs: number, count: number, againMs = spentMs): readonly number[] {
  const rest = createSchemaRest()
  const due: number[] = []
  for (let nowMs = 0; due.length < count; nowMs += 1_000) {
    if (!rest.isDue(nowMs)) continue
    due.push(nowMs / 1_000)
    rest.took(nowMs, spentMs, againMs)
  }
  return due
}

describe('the rest between readings of a schema', () => {
  it('is short where they cost next to nothing', () => {
    expect(dueAt(10, 4)).toEqual([0, 4, 9, 14])
  })

  it('is a minute before the second one, which is paid for afterwards', () => {
    expect(dueAt(300, 4)).toEqual([0, 59, 299, 449])
  })

  it('is hardly longer after one that had to wait for a busy machine', () => {
    const rest = createSchemaRest()
    rest.took(0, 30, 30)
    rest.took(20_000, 30, 30)
    rest.took(40_000, 900, 900)
    expect(rest.isDue(68_000)).toBe(false)
    expect(rest.isDue(70_000)).toBe(true)
  })

  it('is never so short that the beginning takes more than a hundredth of the time', () => {
    expect(dueAt(1_200, 3)).toEqual([0, 119, 1_199])
    // What is asked but once, as the definitions of indexes, is not part of the second one.
    expect(dueAt(1_200, 2, 800)).toEqual([0, 79])
  })
})
