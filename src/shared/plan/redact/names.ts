export type RedactedKind =
  | 'schema'
  | 'relation'
  | 'index'
  | 'alias'
  | 'column'
  | 'function'
  | 'type'
  | 'cte'
  | 'object'
  | 'text'
  | 'number'

/** One name or literal and what stands for it; for the eyes of whoever redacted, never part of what is given away. */
export interface Redaction {
  readonly kind: RedactedKind
  readonly from: string
  readonly to: string
}

const stems: Readonly<Record<RedactedKind, string>> = {
  schema: 'schema_',
  relation: 'table_',
  index: 'index_',
  alias: 'alias_',
  column: 'column_',
  function: 'function_',
  type: 'type_',
  cte: 'cte_',
  object: 'object_',
  text: 'text_',
  number: '',
}

/** What stands for what. */
export interface Names {
  /** A name may stand for several kinds of things; it is replaced by one word, of the kind that was met first. */
  replace(from: string, kind: RedactedKind): string
  /** In the order of first use. */
  list(): readonly Redaction[]
}

export function createNames(): Names {
  const known = new Map<string, Redaction>()
  const counts = new Map<RedactedKind, number>()
  return {
    replace(from, kind) {
      const key = `${kind === 'text' || kind === 'number' ? kind : 'name'} ${from}`
      const found = known.get(key)
      if (found !== undefined) return found.to
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      const to = `${stems[kind]}${count}`
      known.set(key, { kind, from, to })
      return to
    },
    list: () => [...known.values()],
  }
}
