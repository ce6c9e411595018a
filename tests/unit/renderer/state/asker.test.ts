import { describe, expect, it } from 'vitest'
import { type AskerState, createAsker } from '#renderer/state/asker.ts'

/** An asker whose answers and clock are in the test's hands. */
function scene() {
  let nowMs = 0
  let timers: { readonly work: () => void; readonly atMs: number }[] = []
  const calls: {
    readonly signal: AbortSignal
    readonly answer: (text: string) => Promise<void>
    readonly fail: (error: Error) => Promise<void>
  }[] = []
  const states: AskerState<string>[] = []
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  const asker = createAsker<string>({
    ask: (signal) =>
      new Promise((resolve, reject) => {
        calls.push({
          signal,
          answer: (text) => (resolve(text), settled()),
          fail: (error) => (reject(error), settled()),
        })
      }),
    onChange: (state) => states.push(state),
    now: () => nowMs,
    schedule(work, afterMs) {
      const timer = { work, atMs: nowMs + afterMs }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
  })
  return {
    asker,
    calls,
    last: () => states.at(-1),
    pass: (ms: number) => {
      nowMs += ms
      const due = timers.filter((timer) => timer.atMs <= nowMs)
      timers = timers.filter((timer) => timer.atMs > nowMs)
      for (const timer of due) timer.work()
    },
  }
}

describe('asking the same thing again', () => {
  it('keeps the old answer while the new one is under way', async () => {
    const { asker, calls, last } = scene()
    asker.askAnew()
    await calls[0]?.answer('first')
    asker.askAnew()
    expect(last()).toEqual({ answer: 'first', error: undefined, isAsking: true })
    await calls[1]?.answer('second')
    expect(last()).toEqual({ answer: 'second', error: undefined, isAsking: false })
  })

  it('gives up the call for a question that has changed', async () => {
    const { asker, calls, last } = scene()
    asker.askAnew()
    asker.askAnew()
    expect(calls[0]?.signal.aborted).toBe(true)
    await calls[1]?.answer('new')
    await calls[0]?.answer('old')
    expect(last()?.answer).toBe('new')
  })

  it('lets a quick call finish while a range is dragged, and asks once more for where it was let go', async () => {
    const { asker, calls, last } = scene()
    asker.askNow()
    for (let move = 0; move < 20; move += 1) asker.askNow()
    expect(calls).toHaveLength(1)
    await calls[0]?.answer('on the way')
    expect(calls).toHaveLength(2)
    await calls[1]?.answer('there')
    expect(last()).toEqual({ answer: 'there', error: undefined, isAsking: false })
  })

  it('gives up a slow call when the range has moved on', () => {
    const { asker, calls, pass } = scene()
    asker.askNow()
    pass(500)
    asker.askNow()
    expect(calls[0]?.signal.aborted).toBe(true)
    expect(calls).toHaveLength(2)
  })

  it('asks for news no more often than it may, and never for news while a call is under way', async () => {
    const { asker, calls, pass } = scene()
    asker.askAnew()
    asker.askWithin(1_000)
    pass(1_000)
    expect(calls).toHaveLength(1)
    await calls[0]?.answer('first')
    pass(-900)
    for (let news = 0; news < 10; news += 1) asker.askWithin(1_000)
    expect(calls).toHaveLength(1)
    pass(900)
    expect(calls).toHaveLength(2)
  })

  it('keeps the answer when a later question fails, and forgets the failure with the next answer', async () => {
    const { asker, calls, last } = scene()
    asker.askAnew()
    await calls[0]?.answer('good')
    asker.askAnew()
    await calls[1]?.fail(new Error('broken'))
    expect(last()).toMatchObject({ answer: 'good', error: { message: 'broken' } })
    asker.askAnew()
    await calls[2]?.answer('better')
    expect(last()).toEqual({ answer: 'better', error: undefined, isAsking: false })
  })

  it('is silent after it was stopped', async () => {
    const { asker, calls, last } = scene()
    asker.askAnew()
    asker.stop()
    const before = last()
    await calls[0]?.answer('late')
    asker.askAnew()
    expect(last()).toBe(before)
    expect(calls).toHaveLength(1)
  })
})
