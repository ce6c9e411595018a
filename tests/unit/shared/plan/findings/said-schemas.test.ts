import { describe, expect, it } from 'vitest'
import { statementsOf, toldBy } from './told.ts'

const rule = 'seq-scan-where-index-would-serve'
const scan = (table: string, alias = table) =>
  `Seq Scan on ${table}  ms=60 rows=10 | {"Alias": "${alias}", "Filter": "(ward = 7)", "Rows Removed by Filter": 99990}`
const advised = (table: string, statement: string, alias?: string) =>
  statementsOf(toldBy(rule, scan(table, alias), {}, statement))[0]

describe('tables in advice', () => {
  it('carry the schema that the statement says', () => {
    expect(advised('stay', 'select * from Clinic.stay s where s.ward = 7', 's')).toBe(
      'CREATE INDEX ON clinic.stay (ward);',
    )
    expect(advised('Stay', 'select * from "My Clinic" . "Stay" where ward = 7')).toBe(
      'CREATE INDEX ON "My Clinic"."Stay" (ward);',
    )
    expect(advised('stay_3', 'select * from clinic.stay where ward = 7')).toBe(
      'CREATE INDEX ON clinic.stay_3 (ward);',
    )
  })

  it('stay bare where a column has the table’s name, two schemas are said, or none', () => {
    expect(advised('stay', 'select s.stay from stay s where ward = 7', 's')).toContain('ON stay ')
    expect(advised('stay', 'select * from a.stay join b.stay using (id) where ward = 7')).toContain(
      'ON stay ',
    )
    expect(advised('stay', 'select * from stay')).toContain('ON stay ')
    expect(advised('stay', 'select clinic.stay(1) from stay')).toContain('ON stay ')
  })

  it('are looked for in a million characters in no time', () => {
    const start = performance.now()
    advised('stay', `select ${'a.'.repeat(300_000)}${'"'.repeat(300_000)}${' '.repeat(300_000)}.stay`)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
