import type { PlanNode } from '../plan-types.ts'
import { type ColumnName, readCondition } from './conditions.ts'
import type { RuleContext } from './finding.ts'
import { type IndexKeys, isIndexable, unqualified } from './index-keys.ts'
import { isOneValue, isOwn, type ScanFilter } from './scan-filters.ts'
import { quoteIdentifier } from './sql.ts'

/** Between a scan and its Sort, without a change of rows or order that matters. */
const handsOn: ReadonlySet<string> = new Set(['Gather', 'Append', 'Result'])
const aboveSort: ReadonlySet<string> = new Set(['Gather Merge', 'LockRows', 'Result', 'Merge Append'])

/** The sort of one table's rows of which a LIMIT takes the first, right above the scan. */
export function limitedSort(context: RuleContext, scan: PlanNode): PlanNode | undefined {
  let sort = context.parent(scan)
  while (sort !== undefined && handsOn.has(sort.nodeType)) sort = context.parent(sort)
  if (sort?.nodeType !== 'Sort') return undefined
  let above = context.parent(sort)
  while (above !== undefined && aboveSort.has(above.nodeType)) above = context.parent(above)
  return above?.nodeType === 'Limit' ? sort : undefined
}

/** A sort names the columns of partitions by their table's alias. */
const isNamed = (scan: PlanNode, column: ColumnName): boolean =>
  isOwn(scan, column) || column.qualifier === scan.alias?.replace(/_\d+$/, '')

/** How far, how like, how well matched: from another place each time, so that an index would serve one statement. */
const fromElsewhere = /<->|<#>|<=>|<<->|\b(ts_rank\w*|\w*similarity|abs)\(|\$\d/

/** An expression on the scan's own columns that an index may hold, as its key. */
function computedKey(scan: PlanNode, expression: string): string | undefined {
  if (fromElsewhere.test(expression)) return undefined
  const condition = readCondition(`${expression} = 0`)
  if (condition.kind !== 'comparison') return undefined
  const { left } = condition
  return left.columns.length > 0 && left.columns.every((column) => isNamed(scan, column)) && isIndexable(left)
    ? `(${unqualified(left)})`
    : undefined
}

/**
 * A sort's keys as those of an index on the scan's table; undefined where one of them is neither a column of it nor an
 * expression on such that an index may hold. An index is read from either end: one direction for all of them needs no
 * word.
 */
export function sortColumns(scan: PlanNode, sort: PlanNode): readonly string[] | undefined {
  const texts = sort.conditions.find(({ label }) => label === 'Sort Key')?.texts ?? []
  if (texts.length === 0 || texts.length > 4) return undefined
  const keys: { readonly name: string; readonly order: string }[] = []
  for (const text of texts) {
    const [, expression = text, order = ''] =
      /^(.*?)((?: DESC)?(?: NULLS (?:FIRST|LAST))?)$/s.exec(text) ?? []
    const condition = readCondition(expression)
    const column =
      condition.kind === 'other' && condition.columns.length === 1 ? condition.columns[0] : undefined
    if (column !== undefined && /^[\w."$]+$/.test(expression) && isNamed(scan, column)) {
      keys.push({ name: quoteIdentifier(column.name), order })
      continue
    }
    const computed = computedKey(scan, expression)
    if (computed === undefined) return undefined
    keys.push({ name: computed, order })
  }
  const isOneWay = new Set(keys.map(({ order }) => order)).size === 1 && !keys[0]?.order.includes('NULLS')
  return keys.map(({ name, order }) => (isOneWay ? name : `${name}${order}`))
}

/** An index that goes on with the order, where equal columns alone lead into it and a LIMIT wants the first rows. */
export function withOrder(
  context: RuleContext,
  { node, filter }: { readonly node: PlanNode; readonly filter: ScanFilter },
  index: IndexKeys | undefined,
): (IndexKeys & { readonly isOrdered: boolean }) | undefined {
  if (index === undefined) return undefined
  const plain = { ...index, isOrdered: false }
  if (index.method !== undefined) return plain
  const isPlain = filter.uses.every((use) => isOneValue(use) || use.kind === 'weak' || use.kind === 'none')
  const sort = isPlain ? limitedSort(context, node) : undefined
  const order = sort === undefined ? undefined : sortColumns(node, sort)
  if (order === undefined) return plain
  // A partial index holds the flag already: its key is free for the order.
  const lead = index.where === undefined ? index.keys : []
  const rest = order.filter((key) => !lead.includes(key))
  return { ...index, keys: [...lead, ...rest].slice(0, 5), isOrdered: rest.length > 0 }
}
