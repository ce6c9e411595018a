import { describe, expect, it } from 'vitest'
import { createNewsWatch } from '#main/collectors/schema-news/news-watch.ts'

describe('news of the schema', () => {
  it('are whatever was written since the last look, until it was read', () => {
    const watch = createNewsWatch()
    expect([watch.see('100'), watch.see('100'), watch.isDue(5_000)]).toEqual([false, false, false])
    expect([watch.see('104'), watch.see('104'), watch.isDue(15_000)]).toEqual([true, true, true])
    watch.read('changes', 15_000)
    expect([watch.see('104'), watch.isDue(20_000)]).toEqual([false, false])
    // A reset of the statistics is a change like any other.
    expect([watch.see('3'), watch.isDue(25_000)]).toEqual([true, true])
  })

  it('are read more and more rarely where what is written is never one of what is told', () => {
    const watch = createNewsWatch()
    const readAtMs: number[] = []
    for (let nowMs = 0; nowMs <= 600_000; nowMs += 5_000) {
      watch.see(String(nowMs))
      if (!watch.isDue(nowMs)) continue
      readAtMs.push(nowMs)
      watch.read('nothing', nowMs)
    }
    expect(readAtMs).toEqual([5_000, 15_000, 35_000, 75_000, 155_000, 275_000, 395_000, 515_000])
    watch.read('changes', 600_000)
    watch.see('more')
    expect(watch.isDue(605_000)).toBe(true)
  })
})
