import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { restBetween } from '#renderer/state/rest-between.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A window that is looked at, and what it draws, as they change. */
function openWindow(now: { isSeen: boolean; isAtOnce: boolean }) {
  const listeners = new Set<() => void>()
  return {
    listeners,
    pace: {
      isSeen: () => now.isSeen,
      isAtOnce: () => now.isAtOnce,
      subscribe(listener: () => void) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    change: (next: Partial<typeof now>): void => {
      Object.assign(now, next)
      for (const listener of Array.from(listeners)) listener()
    },
  }
}

function watch(work: Promise<void>): () => boolean {
  let isOver = false
  void work.finally(() => {
    isOver = true
  })
  return () => isOver
}

const never = new AbortController().signal

describe('the rest between two questions for news', () => {
  it('is none where each sample is drawn', async () => {
    const { pace } = openWindow({ isSeen: true, isAtOnce: true })
    const isOver = watch(restBetween(pace, never))
    await vi.advanceTimersByTimeAsync(0)
    expect(isOver()).toBe(true)
  })

  it('is a moment where nothing is', async () => {
    const { pace } = openWindow({ isSeen: true, isAtOnce: false })
    const isOver = watch(restBetween(pace, never, 250))
    await vi.advanceTimersByTimeAsync(249)
    expect(isOver()).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(isOver()).toBe(true)
  })

  it('ends with the first that wants each sample', async () => {
    const { pace, change, listeners } = openWindow({ isSeen: true, isAtOnce: false })
    const isOver = watch(restBetween(pace, never, 250))
    change({ isAtOnce: true })
    await vi.advanceTimersByTimeAsync(0)
    expect(isOver()).toBe(true)
    expect(listeners.size).toBe(0)
  })

  it('lasts for as long as nobody looks at the window', async () => {
    const { pace, change } = openWindow({ isSeen: false, isAtOnce: true })
    const isOver = watch(restBetween(pace, never, 250))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(isOver()).toBe(false)
    change({ isSeen: true })
    await vi.advanceTimersByTimeAsync(0)
    expect(isOver()).toBe(true)
  })

  it('ends with the window', async () => {
    const ending = new AbortController()
    const { pace, listeners } = openWindow({ isSeen: false, isAtOnce: false })
    const isOver = watch(restBetween(pace, ending.signal, 250))
    ending.abort()
    await vi.advanceTimersByTimeAsync(0)
    expect(isOver()).toBe(true)
    expect(listeners.size).toBe(0)
  })
})
