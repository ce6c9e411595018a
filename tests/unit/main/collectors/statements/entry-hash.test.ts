import { array, assert, bigInt, nat, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKnownEntries } from '#main/collectors/statements/entry-hash.ts'

interface Entry {
  readonly hash: bigint
  readonly count: number
}

/** The query's condition, in JavaScript: which entries the server sends. */
function sentBy([table, mask]: readonly [string | null, string | null], entries: readonly Entry[]) {
  const bytes = Buffer.from(table?.slice(2) ?? '', 'hex')
  return entries.filter(({ hash, count }) => {
    const at = Number((hash >> 32n) & BigInt(mask ?? 0)) * 4
    const known = bytes.length < at + 4 ? undefined : bytes.readUInt32BE(at)
    return known !== Number(BigInt.asUintN(32, hash ^ (hash >> 32n) ^ BigInt(count)))
  })
}

const entries = array(record({ hash: bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), count: nat() }), {
  maxLength: 200,
})

describe('what is known of entries', () => {
  it('keeps all of them from being sent while nothing changes, but those that share a slot', () => {
    let hash = 1n
    const many = Array.from({ length: 5_000 }, (_, count) => {
      hash = BigInt.asIntN(64, hash * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n)
      return { hash, count }
    })
    const known = createKnownEntries()
    for (const { hash: entryHash, count } of many) known.put(String(entryHash), count)
    expect(sentBy(known.parameters(), many).length).toBeLessThan(750)
  })

  it('lets every change pass', () => {
    assert(
      property(entries, nat(1_000_000), (all, growth) => {
        const unique = [...new Map(all.map((entry) => [entry.hash >> 32n, entry])).values()]
        const known = createKnownEntries()
        for (const { hash, count } of unique) known.put(String(hash), count)
        const grown = unique.map(({ hash, count }) => ({ hash, count: count + growth + 1 }))
        expect(sentBy(known.parameters(), grown)).toHaveLength(grown.length)
      }),
    )
  })

  it('lets everything pass after it was cleared', () => {
    const known = createKnownEntries()
    known.put('12884901890', 7)
    expect(sentBy(known.parameters(), [{ hash: 12_884_901_890n, count: 7 }])).toEqual([])
    known.clear()
    expect(sentBy(known.parameters(), [{ hash: 12_884_901_890n, count: 7 }])).toHaveLength(1)
  })
})
