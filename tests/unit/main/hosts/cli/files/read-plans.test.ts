import { describe, expect, it } from 'vitest'
import { readPlansOf } from '#main/hosts/cli/files/read-plans.ts'

/** Tables, lines and logged times of the plans that a file holds, and what was left out of it. */
async function readFile(text: string, pieceBytes = 1_000_000) {
  const plans: string[] = []
  const warnings: string[] = []
  const bytes = new TextEncoder().encode(text)
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.slice(at, at + pieceBytes)
  }
  await readPlansOf(
    { file: 'mixed.log', bytes: undefined, chunks: chunks() },
    {
      plan: async ({ raw, line, durationMs }) => {
        plans.push(
          `${JSON.stringify(raw.Plan['Relation Name'])} on line ${line}${durationMs === undefined ? '' : ', logged'}`,
        )
      },
      warning: (warning) => warnings.push(warning),
    },
  )
  return { plans, warnings }
}

describe('a log with plans that somebody pasted into it', () => {
  const scan = (name: string) => `Seq Scan on ${name}  (cost=0.00..1.00 rows=1 width=4)`
  const message = (name: string) => `duration: 12.345 ms  plan:\nQuery Text: select 1\n${scan(name)}`
  const psql = `explain select 1;\n  QUERY PLAN\n--------------\n ${scan('pasted')}\n   Filter: (x = 1)\n(2 rows)\n\n`
  const logs: Readonly<Record<string, (name: string) => string>> = {
    stderr: (name) => `2026-03-04 05:06:07.123 UTC [12] LOG:  ${message(name).replaceAll('\n', '\n\t')}\n`,
    csvlog: (name) =>
      `2026-03-04 05:06:07.123 UTC,"u","d",12,"[local]",65.1,1,"SELECT",2026-03-04 05:00:00 UTC,3/4,0,LOG,00000,"${message(name)}",,,,,,,,,"psql","client backend",,0\n`,
    jsonlog: (name) =>
      `${JSON.stringify({ timestamp: '2026-03-04 05:06:07.123 UTC', pid: 12, error_severity: 'LOG', message: message(name) })}\n`,
  }
  for (const [format, entry] of Object.entries(logs))
    it(`gives both, in ${format}, whole or in pieces`, async () => {
      const lines = format === 'jsonlog' ? 1 : 3
      for (const pieceBytes of [1_000_000, 50]) {
        const { plans, warnings } = await readFile(`${entry('a')}${psql}${entry('b')}${psql}`, pieceBytes)
        expect(plans.map((plan) => plan.split(' ')[0])).toEqual(['"a"', '"pasted"', '"b"', '"pasted"'])
        expect(plans.filter((plan) => plan.endsWith('logged'))).toHaveLength(2)
        expect(plans[1]).toBe(`"pasted" on line ${lines + 4}`)
        expect(warnings).toEqual([])
      }
    })

  it('says how many other lines it passed over', async () => {
    const { jsonlog = String } = logs
    expect((await readFile(`${jsonlog('a')}what\nis this\n${jsonlog('b')}`)).warnings).toEqual([
      '2 lines were outside of any entry, and passed over (the first on line 2).',
    ])
  })
})

it('a paste that only looks like a log is read without remarks about a log', async () => {
  const text = `SELECT * FROM heard;
                      QUERY PLAN
------------------------------------------------------
 Seq Scan on van  (cost=0.00..1.00 rows=1 width=4)
(1 row)

2026-03-04 05:06:07.123 UTC [12] LOG:  connection received
2026-03-04 05:06:08.123 UTC [12] LOG:  connection authorized
2026-03-04 05:06:09.123 UTC [12] LOG:  disconnection
`
  const plans: string[] = []
  const warnings: string[] = []
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text)
  }
  await readPlansOf(
    { file: 'paste.txt', bytes: undefined, chunks: chunks() },
    {
      plan: async ({ raw }) => {
        plans.push(raw.Plan['Node Type'])
      },
      warning: (warning) => warnings.push(warning),
    },
  )
  expect(plans).toEqual(['Seq Scan'])
  expect(warnings).toEqual([])
})
