import { describe, expect, it } from 'vitest'
import { createOrder } from '#main/order/index.ts'

describe('things that are done in order', () => {
  it('begin when those before them have ended, and answer whoever asked', async () => {
    const inOrder = createOrder()
    const seen: string[] = []
    const slow = Promise.withResolvers<void>()
    const first = inOrder(async () => {
      seen.push('first begins')
      await slow.promise
      seen.push('first ends')
      return 1
    })
    const second = inOrder(async () => {
      seen.push('second begins')
      return 2
    })
    slow.resolve()
    expect(await Promise.all([first, second])).toEqual([1, 2])
    expect(seen).toEqual(['first begins', 'first ends', 'second begins'])
  })

  it('go on behind one that fails, and only its asker hears of that', async () => {
    const inOrder = createOrder()
    const failing = inOrder(() => Promise.reject(new Error('it broke')))
    const next = inOrder(async () => 'done')
    await expect(failing).rejects.toThrow('it broke')
    expect(await next).toBe('done')
  })
})
