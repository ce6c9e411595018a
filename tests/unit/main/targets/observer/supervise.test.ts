import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ServerClient } from '#main/targets/index.ts'
import type { ObserverLink } from '#main/targets/observer/open-observer.ts'
import { type LinkState, superviseConnection } from '#main/targets/observer/supervise.ts'
import type { ConnectionProblem } from '#shared/session/index.ts'

/** A server of paper: each entry of `plan` is what the next attempt meets. */
function makeServer(plan: readonly ('answers' | 'is silent' | ConnectionProblem)[]) {
  const left = [...plan]
  const states: LinkState[] = []
  let lose: (cause: Error) => void = () => {}
  const open = async (): Promise<ObserverLink> => {
    const next = left.shift() ?? 'port-refused'
    if (next !== 'answers' && next !== 'is silent') throw new Error(next)
    const client = {
      onLost: (listener: (cause: Error) => void) => {
        lose = listener
      },
      query: () => (next === 'answers' ? Promise.resolve() : new Promise(() => {})),
      destroy: () => {},
      close: () => Promise.resolve(),
    } as unknown as ServerClient
    return { client, server: {}, capabilities: [] } as unknown as ObserverLink
  }
  const supervision = superviseConnection({
    open,
    diagnose: (error) => ({
      problem: (error instanceof Error ? error.message : 'unknown') as ConnectionProblem,
      part: 'server',
      message: '',
      advice: '',
    }),
    onState: (state) => states.push(state),
    now: () => Date.now(),
  })
  return { supervision, states, lose: () => lose(new Error('connection-lost')) }
}

const summary = (states: readonly LinkState[]) =>
  states.map((state) => (state.status === 'reconnecting' ? `attempt ${state.attempt}` : state.status))

describe('a supervised connection', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('waits longer from attempt to attempt, and says until when', async () => {
    const { supervision, states, lose } = makeServer(['answers'])
    await supervision.start()
    const lostAt = Date.now()
    lose()
    await vi.advanceTimersByTimeAsync(120_000)
    const waits = states.flatMap((state) =>
      state.status === 'reconnecting' ? [state.nextAttemptAtMs - lostAt] : [],
    )
    expect(waits.slice(0, 9)).toEqual([250, 750, 1_750, 3_750, 8_750, 18_750, 28_750, 38_750, 48_750])
    await supervision.stop()
  })

  it('starts to count anew after it came back', async () => {
    const { supervision, states, lose } = makeServer(['answers', 'port-refused', 'answers', 'answers'])
    await supervision.start()
    lose()
    await vi.advanceTimersByTimeAsync(1_000)
    lose()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(summary(states)).toEqual([
      'connecting',
      'connected',
      'attempt 1',
      'attempt 2',
      'connected',
      'attempt 1',
      'connected',
    ])
    await supervision.stop()
  })

  it('takes a server for lost that gives no sign of life', async () => {
    const { supervision, states } = makeServer(['is silent', 'answers'])
    await supervision.start()
    await vi.advanceTimersByTimeAsync(19_900)
    expect(summary(states)).toEqual(['connecting', 'connected'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(summary(states)).toEqual(['connecting', 'connected', 'attempt 1', 'connected'])
    // Not for one that could not be reached: the connection stood.
    expect(states[2]).toMatchObject({
      diagnosis: { problem: 'connection-lost: the server gave no sign of life.' },
    })
    await supervision.stop()
  })

  it('leaves a server alone that answers', async () => {
    const { supervision, states } = makeServer(['answers'])
    await supervision.start()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(summary(states)).toEqual(['connecting', 'connected'])
    await supervision.stop()
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['password-wrong', 'password-needed', 'settings-invalid', 'version-unsupported'] as const)(
    'gives up where only a person can help: %s',
    async (problem) => {
      const { supervision, states, lose } = makeServer(['answers', problem])
      await supervision.start()
      lose()
      await vi.advanceTimersByTimeAsync(60_000)
      expect(summary(states)).toEqual(['connecting', 'connected', 'attempt 1', 'failed'])
    },
  )

  it('says nothing more once it is stopped', async () => {
    const { supervision, states, lose } = makeServer(['answers', 'answers'])
    await supervision.start()
    lose()
    await supervision.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(summary(states)).toEqual(['connecting', 'connected', 'attempt 1'])
    expect(vi.getTimerCount()).toBe(0)
  })
})
