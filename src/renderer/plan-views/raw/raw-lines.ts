import type { RawPlan, RawValue } from '#shared/plan/index.ts'

/** A line of the plan's JSON, and the node that it belongs to (none for what stands beside the tree). */
export interface RawLine {
  readonly depth: number
  readonly text: string
  readonly nodeId: number | undefined
}

interface Pending {
  readonly kind: 'value'
  readonly key: string | undefined
  readonly value: RawValue
  readonly depth: number
  readonly nodeId: number | undefined
  readonly isPlan: boolean
  readonly comma: string
}

interface Closing {
  readonly kind: 'line'
  readonly line: RawLine
}

const isObject = (value: RawValue): value is { readonly [key: string]: RawValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The raw plan as indented JSON, line by line, every key in the server's order. Nodes count in pre-order, as ids do.
 * Iterates, so that deep plans are no danger.
 */
export function buildRawLines(raw: RawPlan): readonly RawLine[] {
  const lines: RawLine[] = []
  let nextId = 0
  const open: (Pending | Closing)[] = [
    { kind: 'value', key: undefined, value: raw, depth: 0, nodeId: undefined, isPlan: false, comma: '' },
  ]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'line') {
      lines.push(next.line)
      continue
    }
    const { key, value, depth, comma, isPlan } = next
    const nodeId = isPlan ? nextId++ : next.nodeId
    const lead = key === undefined ? '' : `${JSON.stringify(key)}: `
    if (typeof value !== 'object' || value === null) {
      lines.push({ depth, text: `${lead}${JSON.stringify(value)}${comma}`, nodeId })
      continue
    }
    const entries: readonly (readonly [string | undefined, RawValue])[] = isObject(value)
      ? Object.entries(value)
      : value.map((entry: RawValue) => [undefined, entry] as const)
    const [opening, closing] = isObject(value) ? ['{', '}'] : ['[', ']']
    if (entries.length === 0) {
      lines.push({ depth, text: `${lead}${opening}${closing}${comma}`, nodeId })
      continue
    }
    lines.push({ depth, text: `${lead}${opening}`, nodeId })
    open.push({ kind: 'line', line: { depth, text: `${closing}${comma}`, nodeId } })
    // A node's list of children holds nodes; so does `Plan` at the top.
    const holdsPlans = key === 'Plans' && Array.isArray(value)
    for (let at = entries.length - 1; at >= 0; at -= 1) {
      const [entryKey, entry] = entries[at] ?? [undefined, null]
      open.push({
        kind: 'value',
        key: entryKey,
        value: entry,
        depth: depth + 1,
        nodeId,
        isPlan:
          isObject(entry) && 'Node Type' in entry && (holdsPlans || (depth === 0 && entryKey === 'Plan')),
        comma: at === entries.length - 1 ? '' : ',',
      })
    }
  }
  return lines
}
