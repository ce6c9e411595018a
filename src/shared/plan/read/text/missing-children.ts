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

/** Says that the text was cut, where a node lacks what it reads; the first such node is named. */
export function findGap(drafts: readonly NodeDraft[]): string | undefined {
  for (const { name, children } of drafts) {
    const least = leastChildren.get(name.nodeType)
    if (least === undefined) continue
    let ordinary = 0
    for (const child of children) if (child.subplanName === undefined) ordinary += 1
    if (ordinary >= least) continue
    const lacks = ordinary === 0 ? 'what it reads' : 'its second input'
    return `The plan is not whole: ${name.nodeType} lacks ${lacks}.`
  }
  return undefined
}
