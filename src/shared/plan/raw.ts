/**
 * The raw tree: exactly what the server said, every key kept, in the server's order, never changed after parsing.
 * Keys are EXPLAIN's own (`Node Type`, `Actual Rows`), so unknown ones of newer servers and extensions survive.
 */

export type RawValue = string | number | boolean | null | readonly RawValue[] | RawRecord

export interface RawRecord {
  readonly [key: string]: RawValue
}

/** One node as the server printed it. Only `Node Type` is certain; read the rest with the readers below. */
export interface RawPlanNode extends RawRecord {
  readonly 'Node Type': string
}

/** One explained statement: the tree under `Plan`, with what stands beside it (`Planning Time`, `Triggers`, …). */
export interface RawPlan extends RawRecord {
  readonly Plan: RawPlanNode
}

/** The key under which lines of a plan's text stand that have no label, as some extensions write them. */
export const extraLines = 'Extra Lines'

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A finite number, or undefined. Numbers quoted as text (YAML, XML, foreign writers) count. */
export function asNumber(value: RawValue | undefined): number | undefined {
  if (typeof value === 'number' || value === undefined) return value
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

export const asText = (value: RawValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** The number under a key. Where each of thousands of nodes is asked for dozens of keys, `asNumber(raw['Key'])` is quicker. */
export const readNumber = (record: RawRecord, key: string): number | undefined => asNumber(record[key])

export const readText = (record: RawRecord, key: string): string | undefined => asText(record[key])

/** A text, or a number or flag as text: ids and settings come as either. */
export function readScalar(record: RawRecord, key: string): string | undefined {
  const value = record[key]
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

const none: readonly never[] = []

/** The texts of a list (`Output`, `Sort Key`); a single text counts as a list of one. */
export const readTexts = (record: RawRecord, key: string): readonly string[] => asTexts(record[key])

/** As `readTexts`, of the value itself. */
export function asTexts(value: RawValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) return none
  return value.every((entry) => typeof entry === 'string')
    ? value
    : value.filter((entry) => typeof entry === 'string')
}

export function readRecords(record: RawRecord, key: string): readonly RawRecord[] {
  const value = record[key]
  if (!Array.isArray(value)) return none
  return value.every(isRecord) ? value : value.filter(isRecord)
}

export function isRawPlanNode(value: unknown): value is RawPlanNode {
  return isRecord(value) && typeof value['Node Type'] === 'string'
}

/** A node's children in the server's order. */
export function rawChildren(node: RawPlanNode): readonly RawPlanNode[] {
  const value = node['Plans']
  if (!Array.isArray(value)) return none
  return value.every(isRawPlanNode) ? value : value.filter(isRawPlanNode)
}

/**
 * Every node in pre-order: `listRawNodes(raw)[node.id]` is what the server said about a derived node.
 * Iterates, so that a chain of thousands of nested nodes does not overflow the stack.
 */
export function listRawNodes(raw: RawPlan): readonly RawPlanNode[] {
  const nodes: RawPlanNode[] = []
  const open: RawPlanNode[] = [raw.Plan]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes.push(node)
    const children = rawChildren(node)
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at]
      if (child !== undefined) open.push(child)
    }
  }
  return nodes
}
