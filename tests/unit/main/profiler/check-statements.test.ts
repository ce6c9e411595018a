import { describe, expect, it } from 'vitest'
import { checkStatements, formatStatement } from '#main/profiler/index.ts'

const marked = async (text: string): Promise<readonly string[]> =>
  (await checkStatements(text)).problems.map(
    ({ start, end, message }) => `${text.slice(start, end)}: ${message}`,
  )

describe('checking the editor’s text', () => {
  it('underlines the token that the server’s grammar trips over, by UTF-16 offsets', async () => {
    expect(await marked(`select '😀é' frm x y z`)).toEqual(['x: syntax error at or near "x"'])
    expect(await marked(`select '😀';\nselect '漢' frm x y z; select 1`)).toEqual([
      'x: syntax error at or near "x"',
    ])
    expect(await marked('select 1 from')).toEqual(['m: syntax error at end of input'])
    expect(await marked(`select 'abc`)).toEqual([`'abc: unterminated quoted string at or near "'abc"`])
    expect(await marked('select 1\0, 2')).toEqual(['\0: a null byte, which PostgreSQL text can’t hold'])
  })

  it('goes on behind a broken statement, and has no facts of it', async () => {
    const { spans, problems, facts } = await checkStatements('selekt 1; delete from a where b = $2; vacuum')
    expect(spans).toHaveLength(3)
    expect(problems).toHaveLength(1)
    expect(facts).toEqual([
      null,
      { kind: 'DELETE', writes: true, explainable: true, parameters: 2 },
      {
        kind: 'VACUUM',
        writes: true,
        explainable: false,
        parameters: 0,
        outsideTransaction: 'VACUUM commits after each table.',
      },
    ])
  })

  it('agrees with the grammar about where statements end', async () => {
    const text = `
      create function f() returns int language sql begin atomic select 1; select case when true then 2 end; end;
      create rule r as on insert to t do also (insert into a values (1); insert into b values (2));
      create procedure p() language plpgsql as $$ begin commit; end $$;
      select $$;$$, E'\\';', ";" from x;`
    const { spans, problems } = await checkStatements(text)
    expect([spans.length, problems]).toEqual([4, []])
  })

  it('stays calm over what is too deep or too long for the parser', async () => {
    for (const deep of [
      `select ${'('.repeat(20_000)}1${')'.repeat(20_000)}`,
      `select ${'1+'.repeat(20_000)}1`,
    ]) {
      const { problems, facts } = await checkStatements(deep)
      expect([problems, facts[0]?.kind]).toEqual([[], 'SELECT'])
    }
    const long = await checkStatements(`select '${'x'.repeat(200_000)}'; selekt`)
    expect(long).toMatchObject({
      problems: [],
      facts: [null, null],
      skipped: expect.stringContaining('200,017 characters'),
    })
    expect(long.spans).toHaveLength(2)
    expect(await checkStatements('x'.repeat(5_000_000))).toMatchObject({
      spans: [],
      skipped: expect.any(String),
    })
    expect((await checkStatements('select 1')).problems).toEqual([])
  })

  it('answers at once for an empty text', async () => {
    expect(await checkStatements(' -- nothing')).toEqual({ spans: [], problems: [], facts: [] })
  })
})

describe('formatting', () => {
  it('lays a statement out without changing what it says', async () => {
    const text = `select a,b from t where x=$1 and y='it''s' and j->>'k'='v' and z::int = any($2::int[]) order by 1;`
    const formatted = await formatStatement(text)
    expect(formatted.split('\n').length).toBeGreaterThan(5)
    expect(formatted.replaceAll(/\s+/g, '')).toBe(text.replaceAll(/\s+/g, ''))
    expect(await formatStatement(formatted)).toBe(formatted)
  })

  it('leaves text alone that it can’t read', async () => {
    await expect(formatStatement('select (')).rejects.toMatchObject({ code: 'STATEMENT_INVALID' })
    await expect(formatStatement('x'.repeat(600_000))).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })
})
