import { expect, test } from 'vitest'
import { spanOf } from '#main/store/recorded/ask/span.ts'

test('how long a stretch a question is about', () => {
  expect(spanOf({ fromMs: 1_000, toMs: 61_000 })).toBe(60_000)
  expect(spanOf({ by: 'waitClass', range: { fromMs: 1_000, toMs: 61_000 } })).toBe(60_000)
  expect(spanOf({ atMs: 1_000 })).toBe(0)
  expect(spanOf(undefined)).toBe(0)
})
