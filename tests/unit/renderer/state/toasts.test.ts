import { beforeEach, describe, expect, it } from 'vitest'
import { notify, useNotices } from '#renderer/state/toasts.ts'

const titles = () => useNotices.getState().notices.map(({ title }) => title)

describe('short news', () => {
  beforeEach(() => useNotices.setState({ notices: [] }))

  it('stand once, however often they are told, and anew each time', () => {
    notify({ tone: 'ok', title: 'Copied 3 rows' })
    const [first] = useNotices.getState().notices
    notify({ tone: 'ok', title: 'Copied the plan' })
    notify({ tone: 'ok', title: 'Copied 3 rows' })
    expect(titles()).toEqual(['Copied the plan', 'Copied 3 rows'])
    expect(useNotices.getState().notices[1]?.id).not.toBe(first?.id)
  })

  it('are four at most, and as many of one title as say different things', () => {
    for (const text of ['a', 'b', 'c', 'd', 'e']) notify({ tone: 'bad', title: 'It failed', text })
    expect(useNotices.getState().notices.map(({ text }) => text)).toEqual(['b', 'c', 'd', 'e'])
  })
})
