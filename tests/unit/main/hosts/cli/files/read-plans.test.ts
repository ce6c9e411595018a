import { expect, it } from 'vitest'
import { readPlansOf } from '#main/hosts/cli/files/read-plans.ts'

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
