import type { PlanNode } from '../plan-types.ts'
import type { Advice, RuleContext } from './finding.ts'
import { type IndexKeys, indexStatement } from './index-keys.ts'
import { schemaOf } from './said-schemas.ts'
import { openStatement, quoteIdentifier, tableName } from './sql.ts'

const withoutNumber = (name: string): string => name.replace(/_\d+$/, '')

const escaped = (name: string): string => name.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)

/** The table that the statement calls by this alias. */
function tableCalled(statement: string | undefined, alias: string): string | undefined {
  const found = new RegExp(
    String.raw`(?<![\w$"])([\w$"]+)\s+(?:as\s+)?"?${escaped(alias)}"?(?=[\s,;)]|$)`,
    'i',
  ).exec(statement?.slice(0, 100_000) ?? '')?.[1]
  return found === undefined || /^(from|join|update|into|only|select|as|on)$/i.test(found)
    ? undefined
    : found.startsWith('"')
      ? found.slice(1, -1).replaceAll('""', '"')
      : found.toLowerCase()
}

/**
 * The partitioned table of a partition that was scanned with others. Since PostgreSQL 13 partitions have the table's
 * alias, numbered: without an alias of one's own that is the table's name, and begins the partition's as a rule.
 */
function parentOf({ statement }: RuleContext, { alias, relation }: PlanNode): string | undefined {
  if (alias === undefined || relation === undefined || alias === relation) return undefined
  const name = withoutNumber(alias)
  if (name === alias) return undefined
  return relation.startsWith(name) && /^[_\d]/.test(relation.slice(name.length))
    ? name
    : tableCalled(statement, name)
}

/** What an index or a VACUUM is for: the scan's table, and where partitions of it were scanned, the whole of them. */
export function tableOf(
  context: RuleContext,
  { node, others }: { readonly node: PlanNode; readonly others: readonly PlanNode[] },
): string | undefined {
  // A partition's number may be that of its own name: any other one tells.
  let parent: string | undefined
  if (others.length > 0) for (const member of [node, ...others]) parent ??= parentOf(context, member)
  if (parent === undefined) return tableName(node)
  const schema = schemaOf(node)
  return schema === undefined
    ? quoteIdentifier(parent)
    : `${quoteIdentifier(schema)}.${quoteIdentifier(parent)}`
}

/** The rest of an advice that opens the statement for an index. */
export function openIndex(table: string, index: IndexKeys): Omit<Advice, 'text'> {
  const statement = indexStatement(table, index)
  const { action } = openStatement('', 'Open CREATE INDEX', statement)
  return action === undefined ? { statement } : { statement, action }
}
