import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'wal-amplification'
const wal = (records: number, images: number, bytes: number, more: object = {}) =>
  JSON.stringify({ 'WAL Records': records, 'WAL FPI': images, 'WAL Bytes': bytes, ...more })

const update = (records: number, images: number, bytes: number, rows = 1_000) => `
  ModifyTable on orders  ms=60 rows=0 | ${wal(records, images, bytes, { Operation: 'Update' })}
    Seq Scan on orders  ms=10 rows=${rows} | ${wal(0, 0, 0)}`

describe('write-ahead log', () => {
  it('made of copies of whole pages is told at the node that wrote', () => {
    const findings = toldBy(rule, update(3_000, 1_000, 8_300_000))
    expect(gist(findings)).toEqual(['0 info 5 ms'])
    expect(findings[0]?.title).toContain('98.7 %')
    expect(statementsOf(findings).join()).toContain('checkpoint_timeout')
  })

  it('stakes what copying takes, and is silent where that is nothing of a long read', () => {
    const read = (ms: number, images: number) =>
      toldBy(rule, `Seq Scan on orders  ms=${ms} rows=400000 | ${wal(images, images, images * 8_192)}`)
    expect(gist(read(30, 1_000))).toEqual(['0 warning 5 ms'])
    expect(read(500, 1_000)).toEqual([])
  })

  it('of many records a row tells of many indexes, and stakes what rows that stay on their page spare', () => {
    const findings = toldBy(rule, update(12_000, 2, 1_200_000))
    expect(gist(findings)).toEqual(['0 warning 20 ms'])
    expect(findings[0]?.title).toContain('12 WAL records')
    expect(findings[0]?.advice[0]?.text).toContain('fillfactor')
    expect(statementsOf(findings)[0]).toContain("relname = 'orders'")
  })

  it('of many records a row is told beside images that cost less', () => {
    expect(gist(toldBy(rule, update(12_000, 200, 1_900_000)))).toEqual(['0 warning 20 ms'])
  })

  it('of rows that only come asks whether all indexes are read, and never for room on the page', () => {
    const insert = (more: object) =>
      toldBy(
        rule,
        `
        ModifyTable on orders  ms=160 rows=0 | ${wal(12_000, 2, 1_200_000, { Operation: 'Insert', ...more })}
          Seq Scan on staged  ms=10 rows=1000 | ${wal(0, 0, 0)}`,
      )
    expect(gist(insert({}))).toEqual(['0 info 45 ms'])
    expect(
      insert({})[0]
        ?.advice.map(({ text }) => text)
        .join(),
    ).not.toContain('fillfactor')
    expect(gist(insert({ 'Conflict Resolution': 'UPDATE' }))).toEqual(['0 warning 60 ms'])
  })

  it('in proportion to the change, or little of it, is no trouble', () => {
    expect(toldBy(rule, update(3_000, 5, 400_000))).toEqual([])
    expect(toldBy(rule, update(3, 3, 24_000, 1))).toEqual([])
    expect(toldBy(rule, 'Seq Scan on orders  ms=60 rows=1000')).toEqual([])
  })
})
