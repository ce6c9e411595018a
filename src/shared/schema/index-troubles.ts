import type { IndexReading, TableReading } from './model.ts'

/** What may be wrong with an index. */
export type IndexTrouble =
  /** Building it failed, or it is being built: it costs writes and serves nobody. */
  | { readonly kind: 'invalid' }
  /** No scan while its table was searched many times, and nothing depends on it. */
  | { readonly kind: 'unused' }
  /** Another one has the same columns, kinds and condition. */
  | { readonly kind: 'duplicate'; readonly of: string }
  /** Another one begins with the same columns: it can serve the same searches. */
  | { readonly kind: 'covered'; readonly by: string }

/** A table that was searched so often has shown which of its indexes serve; before, nothing can be said. */
const tellingSearches = 100

/**
 * Troubles by index OID. Of two duplicates one is told: the one that stands for less (a constraint stays), then the one
 * that is used less.
 *
 * What is unique, or stands for a constraint or replication, is never told unused or covered: it has another purpose.
 */
export function findIndexTroubles(
  indexes: readonly IndexReading[],
  tables: readonly TableReading[],
): ReadonlyMap<number, readonly IndexTrouble[]> {
  const searches = new Map(
    tables.map(({ oid, seqScans, indexScans = 0 }) => [oid, seqScans + indexScans] as const),
  )
  const isTelling = ({ tableOid }: IndexReading) => (searches.get(tableOid) ?? 0) >= tellingSearches
  const troubles = new Map<number, IndexTrouble[]>()
  const tell = (index: IndexReading, trouble: IndexTrouble) =>
    troubles.set(index.oid, [...(troubles.get(index.oid) ?? []), trouble])

  for (const index of indexes) {
    if (!index.isValid) tell(index, { kind: 'invalid' })
    else if (index.scans === 0 && isFree(index) && isTelling(index)) tell(index, { kind: 'unused' })
  }
  for (const siblings of Map.groupBy(indexes, ({ tableOid }) => tableOid).values()) {
    const valid = siblings.filter(({ isValid }) => isValid).sort(byWorth)
    for (const [at, index] of valid.entries()) {
      const twin = valid.slice(0, at).find((other) => isDuplicate(index, other))
      if (twin !== undefined) {
        tell(index, { kind: 'duplicate', of: twin.name })
        continue
      }
      const wider = isFree(index) ? valid.find((other) => covers(other, index)) : undefined
      if (wider !== undefined) tell(index, { kind: 'covered', by: wider.name })
    }
  }
  return troubles
}

/** Nothing but speed depends on it. */
const isFree = (index: IndexReading): boolean =>
  !index.isUnique && !index.isPrimary && !index.isConstraint && !index.isReplicaIdentity

/** What should stay comes first. */
function byWorth(a: IndexReading, b: IndexReading): number {
  const rank = (index: IndexReading) =>
    [index.isPrimary, index.isConstraint, index.isReplicaIdentity, index.isUnique].findIndex(Boolean)
  const [left, right] = [a, b].map((index) => (rank(index) < 0 ? 4 : rank(index)))
  return (left ?? 0) - (right ?? 0) || b.scans - a.scans || a.oid - b.oid
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at])

function isDuplicate(index: IndexReading, other: IndexReading): boolean {
  return (
    index.method === other.method &&
    index.predicate === other.predicate &&
    // A unique index does what a plain one does, not the reverse.
    (!index.isUnique || other.isUnique) &&
    // Neither of two constraints can go without the other's say.
    !(index.isConstraint && !other.isConstraint) &&
    sameList(index.keyColumns, other.keyColumns) &&
    sameList(index.keyKinds, other.keyKinds) &&
    sameList(index.includedColumns, other.includedColumns)
  )
}

/** Whether `wider` begins with all of `index`'s columns. Only btree sorts by its columns one after the other. */
function covers(wider: IndexReading, index: IndexReading): boolean {
  const { length } = index.keyColumns
  return (
    wider !== index &&
    wider.method === 'btree' &&
    index.method === 'btree' &&
    wider.predicate === index.predicate &&
    wider.keyColumns.length > length &&
    sameList(wider.keyColumns.slice(0, length), index.keyColumns) &&
    sameList(wider.keyKinds.slice(0, length), index.keyKinds) &&
    index.includedColumns.every((column) => [...wider.keyColumns, ...wider.includedColumns].includes(column))
  )
}
