import type { CatalogueFunction, CatalogueNames, CatalogueRelation } from '#shared/contract/index.ts'
import { type Folded, fold } from './rank.ts'

/** Overloads share a name: one suggestion stands for all. */
export interface FunctionGroup {
  readonly schema: string
  readonly name: string
  readonly overloads: readonly CatalogueFunction[]
}

/** The catalogue prepared for completion, once for each reading of it. */
export interface CatalogueIndex {
  readonly schemas: readonly Folded<string>[]
  readonly relations: readonly Folded<CatalogueRelation>[]
  readonly functions: readonly Folded<FunctionGroup>[]
  readonly keywords: readonly Folded<string>[]
  /** By name, then all schemas that have it; the visible one first. */
  readonly relationsByName: ReadonlyMap<string, readonly CatalogueRelation[]>
}

/** Schemas whose functions are at hand without being named. */
const everywhere = new Set(['pg_catalog', 'public'])

function groupFunctions(functions: readonly CatalogueFunction[]): readonly FunctionGroup[] {
  const groups = new Map<string, CatalogueFunction[]>()
  for (const one of functions) {
    const key = `${one.schema}\u0000${one.name}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()].flatMap((overloads) => {
    const first = overloads[0]
    return first ? [{ schema: first.schema, name: first.name, overloads }] : []
  })
}

export function buildCatalogueIndex(
  names: Pick<CatalogueNames, 'schemas' | 'relations' | 'functions' | 'keywords'>,
): CatalogueIndex {
  const relationsByName = new Map<string, CatalogueRelation[]>()
  for (const relation of names.relations) {
    const same = relationsByName.get(relation.name)
    if (!same) relationsByName.set(relation.name, [relation])
    else if (relation.visible) same.unshift(relation)
    else same.push(relation)
  }
  return {
    schemas: names.schemas.map((name) => fold(name, name)),
    relations: names.relations.map((relation) => fold(relation, relation.name)),
    functions: groupFunctions(names.functions).map((group) => fold(group, group.name)),
    keywords: [...new Set(names.keywords.map((word) => word.toLowerCase()))].map((word) => fold(word, word)),
    relationsByName,
  }
}

/** System objects are there, but after the user's own. */
export function isSystemSchema(schema: string): boolean {
  return schema === 'information_schema' || schema.startsWith('pg_')
}

export function isAtHand(group: FunctionGroup): boolean {
  return everywhere.has(group.schema)
}
