import type { Plan, PlanNode } from '../plan-types.ts'

/** Further into a statement nobody looks: what stands there is a list of values. */
const longestLook = 100_000

/** `schema.table`, either of them quoted. */
const qualified =
  /(?<![\w$".])("(?:[^"]|"")+"|[\p{L}_][\w$]*)\s*\.\s*("(?:[^"]|"")+"|[\p{L}_][\w$]*)(?![\w$]|\s*[.(])/giu

const meant = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase()

const said = new WeakMap<PlanNode, string>()

/**
 * Takes the schemas of scanned tables from the statement, where the plan does not tell them (without VERBOSE): advice
 * that names a table bare would miss it outside the search path.
 */
export function noteSchemas({ nodes }: Plan, statement: string | undefined): void {
  if (statement?.includes('.') !== true) return
  const bare = nodes.filter(({ relation, schema }) => relation !== undefined && schema === undefined)
  if (bare.length === 0) return
  const aliases = new Set(nodes.map(({ alias }) => alias))
  const schemas = new Map<string, Set<string>>()
  for (const [, first = '', second = ''] of statement.slice(0, longestLook).matchAll(qualified)) {
    const schema = meant(first)
    // `p.id` is a column of what is called p here.
    if (aliases.has(schema)) continue
    const relation = meant(second)
    schemas.set(relation, (schemas.get(relation) ?? new Set()).add(schema))
  }
  for (const node of bare) {
    // A partition is named by its table as a rule, and stands beside it.
    const parent = node.relation?.replace(/_[^_]*$/, '') ?? ''
    const [schema, other] = schemas.get(node.relation ?? '') ?? schemas.get(parent) ?? []
    if (schema !== undefined && other === undefined) said.set(node, schema)
  }
}

/** The schema of a scanned table by the plan, else by its statement. */
export const schemaOf = (node: PlanNode): string | undefined => node.schema ?? said.get(node)
