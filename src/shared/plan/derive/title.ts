import { quoteIdentifier } from '../../statements/index.ts'
import type { NodeTitle, PlanNode } from '../plan-types.ts'
import { asText, type RawPlanNode } from '../raw.ts'

const aggregates: ReadonlyMap<string, string> = new Map([
  ['Sorted', 'GroupAggregate'],
  ['Hashed', 'HashAggregate'],
  ['Mixed', 'MixedAggregate'],
])

/** The text form's word for a node type that JSON splits into type and strategy or operation. */
function baseName(raw: RawPlanNode): string {
  const type = raw['Node Type']
  switch (type) {
    case 'Aggregate': {
      const mode = asText(raw['Partial Mode'])
      const prefix = mode === undefined || mode === 'Simple' ? '' : `${mode} `
      return `${prefix}${aggregates.get(asText(raw['Strategy']) ?? '') ?? 'Aggregate'}`
    }
    case 'SetOp': {
      const command = asText(raw['Command'])
      return `${raw['Strategy'] === 'Hashed' ? 'HashSetOp' : 'SetOp'}${command === undefined ? '' : ` ${command}`}`
    }
    case 'ModifyTable':
      return asText(raw['Operation']) ?? type
    case 'Foreign Scan': {
      const operation = asText(raw['Operation'])
      return operation === undefined || operation === 'Select' ? type : `Foreign ${operation}`
    }
    case 'Custom Scan': {
      const provider = asText(raw['Custom Plan Provider'])
      return provider === undefined ? type : `Custom Scan (${provider})`
    }
    case 'Nested Loop':
    case 'Merge Join':
    case 'Hash Join':
      return joinName(type, asText(raw['Join Type']))
    default:
      return type
  }
}

/** `Hash Join` + `Left` → `Hash Left Join`; `Nested Loop` + `Left` → `Nested Loop Left Join`. */
function joinName(type: string, joinType: string | undefined): string {
  if (joinType === undefined || joinType === 'Inner') return type
  return `${type.replace(/ Join$/, '')} ${joinType} Join`
}

/** What a scan reads, as `on schema.name alias`; the alias is left out where it says nothing new. */
function target(raw: RawPlanNode): string | undefined {
  const alias = asText(raw['Alias'])
  const name =
    asText(raw['Relation Name']) ??
    asText(raw['Function Name']) ??
    asText(raw['Table Function Name']) ??
    asText(raw['CTE Name']) ??
    asText(raw['Tuplestore Name'])
  if (name === undefined) return alias === undefined ? undefined : `on ${quoteIdentifier(alias)}`
  const schema = asText(raw['Schema'])
  const on = schema === undefined ? 'on ' : `on ${quoteIdentifier(schema)}.`
  const path = on + quoteIdentifier(name)
  return alias === undefined || alias === name ? path : `${path} ${quoteIdentifier(alias)}`
}

/** Names a node as EXPLAIN's text form does; `titleOf` where it is derived. */
export function buildTitle(raw: RawPlanNode): NodeTitle {
  const async = raw['Async Capable'] === true ? 'Async ' : ''
  const parallel = raw['Parallel Aware'] === true ? 'Parallel ' : ''
  const backward = asText(raw['Scan Direction']) === 'Backward' ? ' Backward' : ''
  const name = `${parallel}${async}${baseName(raw)}`
  const index = asText(raw['Index Name'])
  const isBitmap = raw['Node Type'] === 'Bitmap Index Scan'
  const using = index === undefined || isBitmap ? undefined : `using ${quoteIdentifier(index)}`
  const on = isBitmap && index !== undefined ? `on ${quoteIdentifier(index)}` : target(raw)
  const text = `${name}${backward}${using === undefined ? '' : ` ${using}`}${on === undefined ? '' : ` ${on}`}`
  return { name: `${name}${backward}`, using, target: on, text }
}

const titles = new WeakMap<PlanNode, NodeTitle>()

/** What a node is called in the words of EXPLAIN's text form. Of thousands a few are asked for: built then, and kept. */
export function titleOf(node: PlanNode): NodeTitle {
  const known = titles.get(node)
  if (known !== undefined) return known
  const title = buildTitle(node.raw)
  titles.set(node, title)
  return title
}
