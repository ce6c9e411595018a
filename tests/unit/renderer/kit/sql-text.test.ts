import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutSql } from '#renderer/kit/sql-text.tsx'

const looksOf = (sql: string) =>
  cutSql(sql)
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, look }) => `${look}: ${text.trim()}`)

describe('a statement in colours', () => {
  it('tells key words, values and comments apart', () => {
    expect(looksOf(`select n -- all\nfrom "From" where a = 'from' and b = $1 limit 10`)).toEqual([
      'word: select',
      'plain: n',
      'comment: -- all',
      'word: from',
      'plain: "From"',
      'word: where',
      'plain: a',
      'plain: =',
      "value: 'from'",
      'word: and',
      'plain: b',
      'plain: =',
      'value: $1',
      'word: limit',
      'value: 10',
    ])
  })

  it('leaves nothing out, whatever the text', () => {
    assert(
      property(string({ maxLength: 80 }), (sql) => {
        expect(
          cutSql(sql)
            .map(({ text }) => text)
            .join(''),
        ).toBe(sql)
      }),
    )
  })

  it('shows the rest of a very long one plain', () => {
    const long = "select 'x' ".repeat(5_000)
    const pieces = cutSql(long)
    expect(pieces.map(({ text }) => text).join('')).toBe(long)
    expect(pieces.at(-1)?.look).toBe('plain')
  })
})
