import { describe, expect, it } from 'vitest'
import { createLogReader } from '#shared/logs/index.ts'
import { collectPastedPlans, type PastedText } from '#shared/plan/index.ts'

const plan = [
  '                      QUERY PLAN',
  '-------------------------------------------------------',
  ' Seq Scan on orders  (cost=0.00..15.00 rows=100 width=8)',
  '(1 row)',
]
const log = [
  '2026-11-28 10:00:00.000 UTC [7] LOG:  duration: 12.000 ms  statement: select 1',
  '',
  'shop=# explain select * from orders;',
  ...plan,
  '',
  '2026-11-28 10:00:01.000 UTC [7] LOG:  duration: 13.000 ms  statement: select 2',
  '2026-11-28 10:00:02.000 UTC [7] LOG:  duration: 5.000 ms  plan:',
  '\tQuery Text: select 3',
  '\tResult  (cost=0.00..0.01 rows=1 width=4)',
]

function read(lines: readonly string[], chunkChars: number) {
  const pasted = collectPastedPlans()
  const reader = createLogReader({ format: 'stderr', onStrayLine: pasted.addStray })
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`)
  const found: PastedText[] = []
  let logged = 0
  const take = (entries: ReturnType<typeof reader.push>) => {
    for (const entry of entries) {
      found.push(...pasted.upTo(entry))
      logged += entry.event.kind === 'autoExplain' ? 1 : 0
    }
  }
  for (let at = 0; at < bytes.length; at += chunkChars) take(reader.push(bytes.slice(at, at + chunkChars)))
  take(reader.end())
  found.push(...pasted.atEnd())
  return { found, logged, passedOver: pasted.passedOver() }
}

describe('plans between the entries of a log', () => {
  it.each([17, 10_000])(
    'are found beside those that were logged, however the file comes (%i bytes)',
    (chars) => {
      const { found, logged } = read(log, chars)
      expect(found.flatMap(({ plans }) => plans.map(({ raw }) => raw.Plan['Node Type']))).toEqual([
        'Seq Scan',
      ])
      expect(logged).toBe(1)
    },
  )

  it('are none where a log has but entries', () => {
    const { found, passedOver } = read([log[0] ?? '', log[8] ?? ''], 10_000)
    expect(found).toEqual([])
    expect(passedOver).toEqual({ lines: 0, firstLine: undefined })
  })
})
