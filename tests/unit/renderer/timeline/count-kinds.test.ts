import { describe, expect, it } from 'vitest'
import { countKinds, hiddenAtFirst } from '#renderer/timeline/count-kinds.ts'
import type { Marker, MarkerKind } from '#shared/session/index.ts'

const many = (kind: MarkerKind, count: number): readonly Marker[] =>
  Array.from({ length: count }, (_, at) => ({ kind, atMs: at, label: 'so it was' }))

describe('kinds of marks', () => {
  it('are counted, those that matter most first', () => {
    const counts = countKinds([...many('checkpoint', 3), ...many('deadlock', 1), ...many('gap', 2)])
    expect([...counts]).toEqual([
      ['deadlock', 1],
      ['gap', 2],
      ['checkpoint', 3],
    ])
  })

  it('are all listed, but for gaps so many that nothing else would be seen', () => {
    const hidden = (...markers: readonly Marker[]) => [...hiddenAtFirst(countKinds(markers))]
    expect(hidden(...many('gap', 8), ...many('ddl', 1))).toEqual([])
    expect(hidden(...many('gap', 9), ...many('ddl', 1))).toEqual(['gap'])
    expect(hidden(...many('gap', 9))).toEqual([])
  })
})
