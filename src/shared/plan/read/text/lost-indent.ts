import type { RawValue } from '../../raw.ts'
import type { SourceLine } from '../source-line.ts'
import { textBehindArrow } from './classify-line.ts'
import { addChild, type NodeDraft } from './drafts.ts'
import { leastChildren } from './missing-children.ts'
import { isNodeLine } from './node-line.ts'
import { toPlainLine } from './plain-line.ts'

/** The column at which the server puts the arrow of a root's child, from the root's own. */
export const firstStep = 2

/** Whether no node of the plan that begins here stands further in than a lost indent leaves it. */
export function isFlat(lines: readonly SourceLine[], root: number): boolean {
  const first = lines[root]
  if (first === undefined) return false
  const { indent, text } = toPlainLine(first)
  // Behind an arrow it is a piece of a plan.
  if (textBehindArrow(text) !== undefined) return false
  let nodes = 0
  for (let at = root + 1; at < lines.length; at += 1) {
    const line = lines[at]
    if (line === undefined) continue
    if (!line.text.includes('->')) {
      if (isNodeLine(line.text)) break
      continue
    }
    const plain = toPlainLine(line)
    if (textBehindArrow(plain.text) === undefined) continue
    if (plain.indent >= indent + firstStep) return false
    nodes += 1
  }
  return nodes > 0
}

const leaves: ReadonlySet<string> = new Set([
  'Seq Scan',
  'Sample Scan',
  'Index Scan',
  'Index Only Scan',
  'Bitmap Index Scan',
  'Tid Scan',
  'Tid Range Scan',
  'Function Scan',
  'Table Function Scan',
  'Values Scan',
  'CTE Scan',
  'Named Tuplestore Scan',
  'WorkTable Scan',
  'Foreign Scan',
])
const bitmapTypes: ReadonlySet<string> = new Set(['Bitmap Index Scan', 'BitmapAnd', 'BitmapOr'])

/** A node on the way from the root to the one that was placed last. */
interface Placed {
  readonly draft: NodeDraft
  ordinary: number
  cost: number
  rows: number
}

const costOf = ({ figures }: NodeDraft): number => figures.cost?.total ?? 0

/** Without the words that Redshift writes around the type: `XN Hash Join DS_DIST_NONE`. */
const typeOf = ({ name: { kind } }: NodeDraft): string =>
  kind.nodeType.replace(/^XN /, '').replace(/ DS_[A-Z_]{1,40}$/, '')

/** Whether a node still waits for a child like this one. */
function takes({ draft, ordinary, cost, rows }: Placed, child: NodeDraft): boolean {
  const nodeType = typeOf(draft)
  if (leaves.has(nodeType)) return false
  const isHash = typeOf(child) === 'Hash'
  if (nodeType === 'Hash Join' ? isHash !== (ordinary === 1) : isHash) return false
  if (nodeType === 'BitmapAnd' || nodeType === 'BitmapOr') return bitmapTypes.has(typeOf(child))
  const own = draft.figures.cost
  // Nobody says how many members there are: they are all there when they add up.
  if (nodeType === 'Append' || nodeType === 'Merge Append')
    return own === undefined || ordinary === 0 || (rows < own.rows && cost + costOf(child) <= own.total)
  const least = leastChildren.get(nodeType)
  if (least !== undefined) return ordinary < least
  return (own === undefined || costOf(child) <= own.total) && (nodeType !== 'Result' || ordinary === 0)
}

const holds = (value: RawValue | undefined, word: string): boolean =>
  typeof value === 'string'
    ? value.includes(word)
    : Array.isArray(value) && value.some((entry) => holds(entry, word))

const mentions = ({ properties }: NodeDraft, word: string): boolean =>
  Object.keys(properties).some((key) => holds(properties[key], word))

/** What an expression calls a subplan: `SubPlan 1`, `InitPlan 2`, `$0`. */
function wordsOf(subplanName: string): readonly string[] {
  const returned = /\(returns (\$\d+)/.exec(subplanName)?.[1]
  const name = subplanName.replace(/ \(returns .*/, '')
  return returned === undefined ? [name] : [name, returned]
}

/** Where on the way a node hangs that stands under a heading; the others are passed by on the way up. */
function placeOfSubplan(way: readonly Placed[], subplanName: string): number {
  const words = wordsOf(subplanName)
  const reader = way.findLastIndex(({ draft }) => words.some((word) => mentions(draft, word)))
  if (reader !== -1) return reader
  // What runs first is told before the children.
  const waiting = way.findLastIndex(({ draft, ordinary }) => ordinary === 0 && !leaves.has(typeOf(draft)))
  return Math.max(0, waiting)
}

/**
 * Hangs nodes on each other that stand in one column, since something took their indent: a node's type tells how many
 * children it reads, and what stands below it comes in the order of the tree. Members of an Append are those whose rows
 * and costs add up to its own.
 */
export function plantByNeed(drafts: readonly NodeDraft[]): void {
  const way: Placed[] = []
  for (const draft of drafts) {
    const { subplanName } = draft
    if (way.length > 0) {
      const at =
        subplanName === undefined
          ? Math.max(
              0,
              way.findLastIndex((placed) => takes(placed, draft)),
            )
          : placeOfSubplan(way, subplanName)
      way.length = at + 1
    }
    const parent = way.at(-1)
    if (parent !== undefined) {
      addChild(parent.draft, draft)
      if (subplanName === undefined) {
        parent.ordinary += 1
        parent.cost += costOf(draft)
        parent.rows += draft.figures.cost?.rows ?? 0
      }
    }
    way.push({ draft, ordinary: 0, cost: 0, rows: 0 })
  }
}
