import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Connection, connect, UnreachableError } from '#renderer/client/connection.ts'
import { type OpenTransport, type Transport, TransportError } from '#renderer/client/transport.ts'

/** A transport that answers with its own number, until it is broken. */
function makeTransport(number: number): Transport & { readonly break: () => void; readonly calls: string[] } {
  let lose = () => {}
  const closed = new Promise<void>((resolve) => {
    lose = resolve
  })
  const calls: string[] = []
  return {
    calls,
    closed,
    close: lose,
    break: lose,
    link: {
      async call(path) {
        calls.push(path.join('.'))
        if (path.join('.') !== 'session.list') return number
        // A call that never ends by itself: it is what breaks when the way is lost.
        await closed
        throw new Error('aborted')
      },
    },
  }
}

const forever = new AbortController().signal
let open: Connection | undefined

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  open?.close()
  vi.useRealTimers()
})

describe('the way to the workbench', () => {
  it('is not opened before somebody calls', async () => {
    const transport = makeTransport(1)
    const opener = vi.fn<OpenTransport>(async () => transport)
    open = connect(opener)
    expect(opener).not.toHaveBeenCalled()
    expect(await open.client.workbench.preferences()).toBe(1)
    expect(opener).toHaveBeenCalledTimes(1)
    expect(transport.calls).toEqual(['workbench.preferences'])
  })

  it('is opened anew by itself when it is lost', async () => {
    const transports = [makeTransport(1), makeTransport(2)]
    let next = 0
    open = connect(async () => transports[next++] ?? makeTransport(0))
    expect(await open.client.workbench.preferences()).toBe(1)
    transports[0]?.break()
    await vi.waitFor(() => expect(next).toBe(2))
    expect(await open.client.workbench.preferences()).toBe(2)
  })

  it('fails a call that was under way when it broke, in words and at once', async () => {
    const transport = makeTransport(1)
    open = connect(
      vi.fn<OpenTransport>().mockResolvedValueOnce(transport).mockRejectedValue(new TransportError('gone')),
    )
    await open.whenOpen(forever)
    const call = open.client.session.list()
    transport.break()
    await expect(call).rejects.toThrow(UnreachableError)
  })

  it('says why it can’t be opened, and tries again with growing pauses', async () => {
    const opener = vi.fn<OpenTransport>(async () => {
      throw new TransportError('nobody answers')
    })
    open = connect(opener)
    await expect(open.client.workbench.info()).rejects.toThrow('nobody answers')
    expect(open.status()).toMatchObject({ status: 'unreachable', reason: 'nobody answers' })
    expect(open.status()).toHaveProperty('nextAttemptAtMs', Date.now() + 300)
    await vi.advanceTimersByTimeAsync(300)
    expect(opener).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(599)
    expect(opener).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(1)
    expect(opener).toHaveBeenCalledTimes(3)
  })

  it('does not try again by itself where that can’t help, but does when asked', async () => {
    const opener = vi.fn<OpenTransport>(async () => {
      throw new TransportError('no longer known', { isFinal: true })
    })
    open = connect(opener)
    await expect(open.client.workbench.info()).rejects.toThrow('no longer known')
    expect(open.status()).not.toHaveProperty('nextAttemptAtMs')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(opener).toHaveBeenCalledTimes(1)
    open.retryNow()
    await vi.advanceTimersByTimeAsync(0)
    expect(opener).toHaveBeenCalledTimes(2)
  })

  it('lets who waits for it wait through failures', async () => {
    open = connect(
      vi
        .fn<OpenTransport>()
        .mockRejectedValueOnce(new TransportError('not yet'))
        .mockResolvedValue(makeTransport(1)),
    )
    const opened = open.whenOpen(forever)
    await vi.advanceTimersByTimeAsync(300)
    await expect(opened).resolves.toBeUndefined()
  })

  it('lets go of who waits when they give up', async () => {
    open = connect(() => new Promise(() => {}))
    const giving = new AbortController()
    const opened = open.whenOpen(giving.signal)
    giving.abort(new Error('enough'))
    await expect(opened).rejects.toThrow('enough')
  })
})
