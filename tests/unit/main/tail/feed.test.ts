import { describe, expect, it, vi } from 'vitest'
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

  it('tells what is in no hurry with what comes next', async () => {
    const feed = createFeed()
    const news = feed.wait(1, 5_000)
    feed.changed(60_000)
    feed.changed()
    await news
    expect(feed.version).toBe(3)
  })

  it('tells what is in no hurry by itself where nothing comes', async () => {
    vi.useFakeTimers()
    const feed = createFeed()
    let isTold = false
    const news = feed.wait(1, 5_000).finally(() => {
      isTold = true
    })
    feed.changed(40)
    feed.changed(200)
    await vi.advanceTimersByTimeAsync(39)
    expect(isTold).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(isTold).toBe(true)
    await news
    vi.useRealTimers()
  })
})
