import { describe, expect, it } from 'vitest'
import { splitStatements } from '#main/demo/data/statements.ts'

describe('the statements of a file', () => {
  it('end at a semicolon at the end of a line; comments are left out', () => {
    expect(
      splitStatements("-- First; not here\nselect ';'\n  as a;\n\n  -- second\nselect 2;\r\nselect 3\n"),
    ).toStrictEqual(["select ';'\n  as a", 'select 2', 'select 3'])
  })

  it('are none in an empty file', () => {
    expect(splitStatements('-- nothing\n\n')).toStrictEqual([])
  })
})
