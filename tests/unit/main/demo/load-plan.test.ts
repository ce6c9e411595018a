import { describe, expect, it } from 'vitest'
import { planLoad, shopSizes } from '#main/demo/data/load-plan.ts'

describe('the plan of the load', () => {
  const tasks = planLoad(shopSizes(1))
  const ids = tasks.map(({ id }) => id)

  it('names each task once', () => {
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('puts every task after the ones it waits for, so that it can always be finished', () => {
    const early = tasks.filter(({ after }, at) => !after.every((before) => ids.slice(0, at).includes(before)))
    expect(early.map(({ id }) => id)).toStrictEqual([])
  })

  it('covers every order exactly once, whatever the number of chunks', () => {
    for (const chunks of [1, 3, 7]) {
      const ranges = planLoad(shopSizes(0.013), chunks)
        .filter(({ id }) => id.startsWith('orders-'))
        .map(({ parameters: [from = 0, to = 0] }) => [from, to] as const)
      let next = 1
      for (const [from, to] of ranges) {
        expect(from).toBe(next)
        next = to + 1
      }
      expect(next - 1).toBe(shopSizes(0.013).orders)
    }
  })

  it('gives each statement the parameters it names', () => {
    const wrong = tasks.filter(({ statements, parameters }) => {
      const highest = Math.max(
        0,
        ...statements.flatMap((sql) => [...sql.matchAll(/\$(\d)/g)].map((m) => Number(m[1]))),
      )
      return highest !== parameters.length
    })
    expect(wrong.map(({ id }) => id)).toStrictEqual([])
  })
})
