import { hasFractionalRows } from '../derive/rows.ts'
import { buildTitle } from '../derive/title.ts'
import { buildTree } from '../derive/tree.ts'
import { type RawPlan, type RawPlanNode, rawChildren, readNumber, readText } from '../raw.ts'
import { formatActual, formatProperties, type TextStyle } from './node-text.ts'
import { formatStatementText } from './statement-text.ts'

/** One line of the text form, with the node that it belongs to; lines about the statement have none. */
export interface PlanTextLine {
  readonly text: string
  readonly nodeId: number | undefined
}

/** What waits to be written: a node, at the indent where its arrow stands. */
interface Pending {
  readonly raw: RawPlanNode
  /** In steps of two spaces, as the server counts; undefined for the root, which has no arrow. */
  readonly arrowAt: number | undefined
}

function costs(raw: RawPlanNode): string {
  const startup = readNumber(raw, 'Startup Cost')
  const total = readNumber(raw, 'Total Cost')
  if (startup === undefined || total === undefined) return ''
  const rows = readNumber(raw, 'Plan Rows')
  const width = readNumber(raw, 'Plan Width')
  const size = `${rows === undefined ? '' : ` rows=${rows.toFixed(0)}`}${width === undefined ? '' : ` width=${width}`}`
  return `  (cost=${startup.toFixed(2)}..${total.toFixed(2)}${size})`
}

function findStyle(raw: RawPlan): TextStyle {
  const tree = buildTree(raw)
  return {
    fractionalRows: hasFractionalRows(tree),
    // The text form says some things only with VERBOSE, which prints every node's output.
    verbose: tree.some((node) => node.raw['Output'] !== undefined),
  }
}

/**
 * The plan in the layout of EXPLAIN's text form, line by line: what the server would have printed had it been asked
 * for text. Iterates, so that deep plans are no danger.
 *
 * What JSON rounds away stays away: a count of removed rows that rounds to 0 is a line in text and none here.
 */
export function formatPlanLines(raw: RawPlan): readonly PlanTextLine[] {
  const style = findStyle(raw)
  const before = formatStatementText(raw, 'before', style)
  const lines: PlanTextLine[] = before.map((text) => ({ text, nodeId: undefined }))
  const open: Pending[] = [{ raw: raw.Plan, arrowAt: undefined }]
  let nodeId = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { raw: node } = next
    const name = readText(node, 'Subplan Name')
    let { arrowAt } = next
    if (name !== undefined) {
      lines.push({ text: `${'  '.repeat(arrowAt ?? 0)}${name}`, nodeId })
      arrowAt = (arrowAt ?? 0) + 1
    }
    const arrow = arrowAt === undefined ? '' : `${'  '.repeat(arrowAt)}->  `
    const indent = arrowAt === undefined ? 1 : arrowAt + 3
    lines.push({ text: `${arrow}${buildTitle(node).text}${costs(node)}${formatActual(node, style)}`, nodeId })
    const lead = '  '.repeat(indent)
    for (const property of formatProperties(node, style)) lines.push({ text: `${lead}${property}`, nodeId })
    const children = rawChildren(node)
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at]
      if (child !== undefined) open.push({ raw: child, arrowAt: indent })
    }
    nodeId += 1
  }
  for (const text of formatStatementText(raw, 'after', style)) lines.push({ text, nodeId: undefined })
  return lines
}

/** The plan as EXPLAIN's text form, whole; see `formatPlanLines`. */
export function formatPlanText(raw: RawPlan): string {
  return formatPlanLines(raw)
    .map(({ text }) => text)
    .join('\n')
}
