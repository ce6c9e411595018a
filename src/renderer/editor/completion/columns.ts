import type { CatalogueColumn } from '#shared/contract/index.ts'
import type { DerivedColumn, Source } from './scope.ts'

/** A relation as a statement names it; without schema it is found by the search path. */
export interface RelationRef {
  readonly schema?: string
  readonly name: string
}

/** Columns of a relation: `undefined` = not asked for yet, `null` = the server knows no such relation. */
export type ColumnLookup = (relation: RelationRef) => readonly CatalogueColumn[] | null | undefined

/** A column in reach of the cursor. */
export interface ScopedColumn {
  readonly name: string
  /** Absent for what a subquery computes. */
  readonly type?: string
  readonly nullable?: boolean
  /** How its source is called here. */
  readonly source: string
}

export function sourceName(source: Source): string {
  return source.kind === 'derived' ? source.alias : (source.alias ?? source.name)
}

export function refKey({ schema, name }: RelationRef): string {
  return schema === undefined ? name : `${schema}\u0000${name}`
}

/** Depth of `select *` from subqueries that is followed; deeper ones are not typed by hand. */
const maxDepth = 12

/** The columns of a source, with the relations that must be asked for before the answer is whole. */
export function columnsOfSource(
  source: Source,
  lookup: ColumnLookup,
  missing: Map<string, RelationRef>,
  depth = 0,
): readonly ScopedColumn[] {
  const shown = sourceName(source)
  if (source.kind === 'relation') {
    const ref =
      source.schema === undefined ? { name: source.name } : { schema: source.schema, name: source.name }
    const columns = lookup(ref)
    if (columns === undefined) missing.set(refKey(ref), ref)
    return (columns ?? []).map(({ name, type, nullable }) => ({ name, type, nullable, source: shown }))
  }
  if (depth > maxDepth) return []
  return source.columns.flatMap((column) => derivedColumns(column, shown, lookup, missing, depth + 1))
}

function derivedColumns(
  column: DerivedColumn,
  shown: string,
  lookup: ColumnLookup,
  missing: Map<string, RelationRef>,
  depth: number,
): readonly ScopedColumn[] {
  if ('name' in column) return [{ name: column.name, source: shown }]
  return column.allOf
    .filter((inner) => column.only === undefined || sourceName(inner) === column.only)
    .flatMap((inner) => columnsOfSource(inner, lookup, missing, depth))
    .map((inner) => ({ ...inner, source: shown }))
}
