import { quoteIdentifier } from '../../statements/index.ts'
import type { NodeTitle } from '../plan-types.ts'
import { type RawPlanNode, readFlag, readText } from '../raw.ts'

/** The text form's word for a node type that JSON splits into type and strategy or operation. */
function baseName(raw: RawPlanNode): string {
  const type = raw['Node Type']
  const strategy = readText(raw, 'Strategy')
  const operation = readText(raw, 'Operation')
  switch (type) {
    case 'Aggregate': {
      const mode = readText(raw, 'Partial Mode')
      const prefix = mode === undefined || mode === 'Simple' ? '' : `${mode} `
      const kinds: Readonly<Record<string, string>> = {
        Sorted: 'GroupAggregate',
        Hashed: 'HashAggregate',
        Mixed: 'MixedAggregate',
      }
      return `${prefix}${kinds[strategy ?? ''] ?? 'Aggregate'}`
    }
    case 'SetOp': {
      const command = readText(raw, 'Command')
      return `${strategy === 'Hashed' ? 'HashSetOp' : 'SetOp'}${command === undefined ? '' : ` ${command}`}`
    }
    case 'ModifyTable':
      return operation ?? type
    case 'Foreign Scan':
      return operation === undefined || operation === 'Select' ? type : `Foreign ${operation}`
    case 'Custom Scan': {
      const provider = readText(raw, 'Custom Plan Provider')
      return provider === undefined ? type : `Custom Scan (${provider})`
    }
    case 'Nested Loop':
    case 'Merge Join':
    case 'Hash Join':
      return joinName(type, readText(raw, 'Join Type'))
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
  const alias = readText(raw, 'Alias')
  const name =
    readText(raw, 'Relation Name') ??
    readText(raw, 'Function Name') ??
    readText(raw, 'Table Function Name') ??
    readText(raw, 'CTE Name') ??
    readText(raw, 'Tuplestore Name')
  if (name === undefined) return alias === undefined ? undefined : `on ${quoteIdentifier(alias)}`
  const schema = readText(raw, 'Schema')
  const path =
    schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
  return alias === undefined || alias === name ? `on ${path}` : `on ${path} ${quoteIdentifier(alias)}`
}

/** Names a node as EXPLAIN's text form does. */
export function buildTitle(raw: RawPlanNode): NodeTitle {
  const async = readFlag(raw, 'Async Capable') === true ? 'Async ' : ''
  const parallel = readFlag(raw, 'Parallel Aware') === true ? 'Parallel ' : ''
  const backward = readText(raw, 'Scan Direction') === 'Backward' ? ' Backward' : ''
  const name = `${parallel}${async}${baseName(raw)}`
  const index = readText(raw, 'Index Name')
  const isBitmap = raw['Node Type'] === 'Bitmap Index Scan'
  const using = index === undefined || isBitmap ? undefined : `using ${quoteIdentifier(index)}`
  const on = isBitmap && index !== undefined ? `on ${quoteIdentifier(index)}` : target(raw)
  const text = `${name}${backward}${using === undefined ? '' : ` ${using}`}${on === undefined ? '' : ` ${on}`}`
  return { name: `${name}${backward}`, using, target: on, text }
}
