import { describe, expect, it } from 'vitest'
import { createTextFit } from '#renderer/plan-views/canvas/text-fit.ts'

/** Ten pixels a letter. */
function tens() {
  let measured = 0
  const fit = createTextFit((text) => {
    measured += 1
    return text.length * 10
  })
  return { ...fit, times: () => measured }
}

describe('texts that have to fit', () => {
  it('leaves what fits alone', () => {
    expect(tens().fit('Seq Scan', 80)).toBe('Seq Scan')
  })

  it('cuts off as little as it can before an ellipsis', () => {
    expect(tens().fit('Index Only Scan', 80)).toBe('Index O…')
    expect(tens().fit('Index Only Scan', 70)).toBe('Index…')
  })

  it('says nothing where not even a letter fits', () => {
    expect(tens().fit('Seq Scan', 15)).toBe('')
  })

  it('measures a text once, however often it is drawn', () => {
    const { fit, times } = tens()
    fit('Index Only Scan', 80)
    const first = times()
    for (let frame = 0; frame < 100; frame += 1) fit('Index Only Scan', 80)
    expect(times()).toBe(first)
  })
})
