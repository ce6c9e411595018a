import { listRawNodes, type RawPlan, rawChildren } from '../../raw.ts'
import type { NodeDraft } from './drafts.ts'

/** How many ordinary children a node has at least. */
export const leastChildren: ReadonlyMap<string, number> = new Map([
  ...['Nested Loop', 'Hash Join', 'Merge Join', 'Recursive Union', 'BitmapAnd', 'BitmapOr'].map(
    (type) => [type, 2] as const,
  ),
  ...[
    'Sort',
    'Incremental Sort',
    'Hash',
    'Gather',
    'Gather Merge',
    'Limit',
    'Unique',
    'LockRows',
    'Memoize',
    'Materialize',
    'WindowAgg',
    'Group',
    'Aggregate',
    'SetOp',
    'Subquery Scan',
    'Bitmap Heap Scan',
    'ModifyTable',
  ].map((type) => [type, 1] as const),
])

function describeGap(nodeType: string, ordinary: number): string | undefined {
  const least = leastChildren.get(nodeType)
  if (least === undefined || ordinary >= least) return undefined
  const lacks = ordinary === 0 ? 'what it reads' : 'its second input'
  return `The plan is not whole: ${nodeType} lacks ${lacks}.`
}

/** Says that the text was cut, where a node lacks what it reads; the first such node is named. */
export function findGap(drafts: readonly NodeDraft[]): string | undefined {
  for (const { name, children } of drafts) {
    if (!leastChildren.has(name.kind.nodeType)) continue
    let ordinary = 0
    for (const child of children) if (child.subplanName === undefined) ordinary += 1
    const gap = describeGap(name.kind.nodeType, ordinary)
    if (gap !== undefined) return gap
  }
  return undefined
}

const describeCut = (nodeType: string | undefined): string =>
  `The text ends in the middle of the last node, ${nodeType}.`

/** Says that the text was cut before the figures of its last node. */
export function findCutNode(drafts: readonly NodeDraft[]): string | undefined {
  const last = drafts.at(-1)
  const lacks = drafts[0]?.figures.cost !== undefined && last?.figures.cost === undefined
  return lacks && last?.figures.masked === undefined ? describeCut(last?.name.kind.nodeType) : undefined
}

/** Figures that EXPLAIN gives every node, if it gives them to one. */
const everywhere = ['Total Cost', 'Plan Width', 'Actual Loops', 'Shared Hit Blocks']

/** As `findGap`, of a plan from a format that does not tell where it ends; its last node may have lost its figures, too. */
export function findRawGap(raw: RawPlan): string | undefined {
  const nodes = listRawNodes(raw)
  for (const node of nodes) {
    const ordinary = rawChildren(node).filter((child) => child['Subplan Name'] === undefined).length
    const gap = describeGap(node['Node Type'], ordinary)
    if (gap !== undefined) return gap
  }
  // What stands behind the tree was read.
  if (Object.keys(raw).at(-1) !== 'Plan') return undefined
  const last = nodes.at(-1)
  const lacks = everywhere.some((key) => raw.Plan[key] !== undefined && last?.[key] === undefined)
  return lacks ? describeCut(last?.['Node Type']) : undefined
}
