import { describe, expect, it } from 'vitest'
import { comeBack } from '#main/collectors/runner/come-back.ts'
import { type Greeting, readGreeting } from '#main/collectors/runner/greeting.ts'
import type { Link } from '#main/collectors/runner/link.ts'

const greeting: Greeting = readGreeting(['1', '1', '1', 'f', 't'])

/** A link over nothing, of which it is known whether it was closed. */
function idleLink(): Link & { readonly closed: () => boolean } {
  let isClosed = false
  const refuse = () => Promise.reject(new Error('nobody is asked'))
  return {
    client: undefined as never,
    greeting,
    greet: refuse,
    ask: refuse,
    readClock: refuse,
    isEnded: false,
    ended: new Promise(() => {}),
    close: async () => void (isClosed = true),
    closed: () => isClosed,
  }
}

interface Happenings {
  /** While the next attempt's turn is waited for. */
  readonly onSleep?: (sleeps: number) => void
  readonly onConnect?: () => void
}

/** A server that is away for so many attempts. */
function away(attempts: number, { onSleep, onConnect }: Happenings = {}) {
  const sleepsMs: number[] = []
  let isHurried = false
  let isStopped = false
  let connects = 0
  const link = idleLink()
  return {
    link,
    sleepsMs,
    hurry: () => void (isHurried = true),
    stop: () => void (isStopped = true),
    back: () =>
      comeBack({
        async connect() {
          connects += 1
          onConnect?.()
          if (connects <= attempts) throw new Error('connection refused')
          return link
        },
        alarm: {
          async sleep(ms) {
            sleepsMs.push(ms)
            onSleep?.(sleepsMs.length)
          },
        },
        takeHurry() {
          const wasHurried = isHurried
          isHurried = false
          return wasHurried
        },
        isStopped: () => isStopped,
      }),
  }
}

describe('coming back', () => {
  it('waits longer before each attempt, up to five seconds', async () => {
    const server = away(6)
    expect(await server.back()).toBe(server.link)
    expect(server.sleepsMs).toEqual([250, 500, 1_000, 2_000, 5_000, 5_000, 5_000])
  })

  it('waits for no turn once the server is known to be back, and is quick to try again after that', async () => {
    const server = away(5, {
      onSleep(sleeps) {
        if (sleeps === 4) server.hurry()
      },
    })
    expect(await server.back()).toBe(server.link)
    expect(server.sleepsMs).toEqual([250, 500, 1_000, 2_000, 500, 1_000])
  })

  it('does not wait at all where that is known before', async () => {
    const server = away(0)
    server.hurry()
    expect(await server.back()).toBe(server.link)
    expect(server.sleepsMs).toEqual([])
  })

  it('gives up when the recording ends, and closes what it has just opened', async () => {
    const waiting = away(9, { onSleep: () => waiting.stop() })
    expect(await waiting.back()).toBeUndefined()
    expect(waiting.sleepsMs).toEqual([250])
    const late = away(0, { onConnect: () => late.stop() })
    expect(await late.back()).toBeUndefined()
    expect(late.link.closed()).toBe(true)
  })
})
