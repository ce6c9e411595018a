/** What an index is made of where a B-tree does not serve. */
export interface AccessMethod {
  /** Undefined where the operator has several, and nothing tells the type. */
  readonly method: 'gin' | 'gist' | undefined
  /** Where the method has no default for the type. */
  readonly opclass?: string
}

const ofDocuments: ReadonlySet<string> = new Set(['@@', '?', '?|', '?&', '@?'])
const ofSets: ReadonlySet<string> = new Set(['@>', '<@', '&&'])
const ofAddresses: ReadonlySet<string> = new Set(['<<', '<<=', '>>', '>>=', '&&'])
const ofRanges: ReadonlySet<string> = new Set(['-|-', '&<', '&>'])

/** Ranges, shapes, and a point in time or a number that a range is asked for. */
const spatial =
  /::("?\w*(range|multirange)"?|box|circle|polygon|point|lseg|path|geometry|geography|date|time(stamp)?( with(out)? time zone)?|timestamptz|integer|bigint|smallint|numeric|double precision|real)$/
const arrayOrDocument = /\]$|::(jsonb|hstore|tsquery|tsvector)$/

/**
 * The index that finds what an operator compares, told from the type of its other side; undefined for operators that no
 * such index serves.
 *
 * @source PostgreSQL manual, “Built-in GiST Operator Classes”, “Built-in GIN Operator Classes”
 */
export function accessOf(operator: string, other: string): AccessMethod | undefined {
  const text = other.trim()
  if (ofAddresses.has(operator) && /::(inet|cidr)\)*$/.test(text))
    return { method: 'gist', opclass: 'inet_ops' }
  if (ofDocuments.has(operator)) return { method: 'gin' }
  if (ofRanges.has(operator)) return { method: 'gist' }
  if (!ofSets.has(operator)) return undefined
  const bare = text.replace(/^\(+|\)+$/g, '')
  if (arrayOrDocument.test(bare)) return { method: 'gin' }
  // A column inside of a constant range may be a plain number or date, which GiST does not take.
  if (spatial.test(bare)) return operator === '<@' && /range"?$/.test(bare) ? undefined : { method: 'gist' }
  // A column or a parameter does not show its type: arrays, documents, ranges and shapes share these operators.
  return { method: bare.startsWith("'") || /^ARRAY\[/i.test(bare) ? 'gin' : undefined }
}
