import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Connection, UnreachableError } from '#renderer/client/index.ts'
import { startTailLoop, type TailLoop } from '#renderer/state/tail-loop.ts'

let loop: TailLoop | undefined
afterEach(() => loop?.stop())

/** Open at once, unless told to wait. */
function openConnection(whenOpen: Connection['whenOpen'] = () => Promise.resolve()): Connection {
  return { whenOpen } as Connection
}

/** Plays one step a pull, then waits for ever. */
function pulls(steps: readonly (() => Promise<void>)[]) {
  const resets: boolean[] = []
  const pull = (reset: boolean) => {
    const step = steps[resets.length]
    resets.push(reset)
    return step === undefined ? new Promise<void>(() => {}) : step()
  }
  return { resets, pull }
}

const answer = () => Promise.resolve()
const fail = (error: Error) => async () => {
  throw error
}

describe('a tail', () => {
  it('starts anew once, then goes on from its cursor', async () => {
    const { resets, pull } = pulls([answer, answer])
    loop = startTailLoop(openConnection(), pull)
    await vi.waitFor(() => expect(resets).toEqual([true, false, false]))
  })

  it('starts anew after the connection broke, without a word', async () => {
    const onError = vi.fn<(error: unknown) => void>()
    const { resets, pull } = pulls([answer, fail(new UnreachableError('broke')), answer])
    loop = startTailLoop(openConnection(), pull, onError)
    await vi.waitFor(() => expect(resets).toEqual([true, false, true, false]))
    expect(onError).not.toHaveBeenCalled()
  })

  it('tells of other errors, and pauses before it tries again', async () => {
    const onError = vi.fn<(error: unknown) => void>()
    const { resets, pull } = pulls([fail(new Error('odd'))])
    loop = startTailLoop(openConnection(), pull, onError)
    await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(1))
    expect(resets).toEqual([true])
    await vi.waitFor(() => expect(resets).toEqual([true, true]))
  })

  it('waits for the connection before it asks', async () => {
    let open = () => {}
    const { resets, pull } = pulls([])
    loop = startTailLoop(
      openConnection(
        () =>
          new Promise((resolve) => {
            open = resolve
          }),
      ),
      pull,
    )
    expect(resets).toEqual([])
    open()
    await vi.waitFor(() => expect(resets).toEqual([true]))
  })
})
