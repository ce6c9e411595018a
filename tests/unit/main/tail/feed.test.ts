import { describe, expect, it } from 'vitest'
import { createFeed } from '#main/tail/index.ts'

describe('a feed', () => {
  it('answers a first reader at once', async () => {
    const feed = createFeed()
    await feed.wait(0, 60_000)
    expect(feed.version).toBe(1)
  })

  it('wakes everybody who waits when something changes', async () => {
    const feed = createFeed()
    const readers = [feed.wait(1, 60_000), feed.wait(1, 60_000)]
    feed.changed()
    await Promise.all(readers)
    expect(feed.version).toBe(2)
  })

  it('lets a reader go when its request is given up', async () => {
    const feed = createFeed()
    const request = new AbortController()
    const waiting = feed.wait(1, 60_000, request.signal)
    request.abort()
    await waiting
    expect(feed.version).toBe(1)
  })

  it('answers without news once the wait is over', async () => {
    const feed = createFeed()
    const keepAlive = setInterval(() => {}, 1_000)
    await feed.wait(1, 5)
    clearInterval(keepAlive)
    expect(feed.version).toBe(1)
  })
})
