import { formatCount, formatDuration, formatFactor } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { type ColumnName, columnsOf, readCondition } from '../conditions.ts'
import { isWorth } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { repeatedMs, subtreeOf } from '../subtree.ts'

/** Fewer rows made in vain are nothing to think about. */
const fewRows = 1_000

/** How often each row must come, for a join to be to blame. */
const leastFactor = 3

/** Of look-ups, what goes with all partners but the first. */
const lookUpShare = 0.6

const joins: ReadonlySet<string> = new Set(['Nested Loop', 'Hash Join', 'Merge Join'])
const between: ReadonlySet<string> = new Set([
  'Sort',
  'Incremental Sort',
  'Gather',
  'Gather Merge',
  'Materialize',
  'Unique',
])

/** What gives the rows of a join on as they are. */
const handsOn: ReadonlySet<string> = new Set(['Hash', 'Sort', 'Materialize', 'Gather', 'Gather Merge'])

const groupKey = (node: PlanNode): string | undefined =>
  node.conditions.find(({ label }) => label === 'Group Key')?.texts.join()

/** The join below a DISTINCT, through what only orders or gathers its rows (or a partial DISTINCT). */
function findJoin(context: RuleContext, node: PlanNode): PlanNode | undefined {
  let [below] = context.children(node)
  while (below !== undefined && !joins.has(below.nodeType)) {
    // Workers remove copies on their own first: by the same keys.
    const isSame = below.nodeType === 'Aggregate' && groupKey(below) === groupKey(node)
    if (!between.has(below.nodeType) && !isSame) return undefined
    ;[below] = context.children(below)
  }
  // A semi or anti join gives each row at most once.
  return below?.joinType === 'Semi' || below?.joinType === 'Anti' ? undefined : below
}

function keysOf(context: RuleContext, node: PlanNode): readonly ColumnName[] {
  let at: PlanNode | undefined = node
  while (at !== undefined && !joins.has(at.nodeType)) {
    const texts = at.conditions.find(({ label }) => label === 'Group Key' || label === 'Sort Key')?.texts
    if (texts !== undefined)
      return texts.flatMap((text) =>
        columnsOf(readCondition(text.replace(/ (DESC|NULLS (FIRST|LAST))/g, ''))),
      )
    ;[at] = context.children(at)
  }
  // Rows that come in order need no sort: what is given is what is compared.
  return node.nodeType === 'Unique' ? node.output.flatMap((text) => columnsOf(readCondition(text))) : []
}

/** True if a relation of this name is scanned in the subtree. */
function holds(context: RuleContext, top: PlanNode, alias: string): boolean {
  for (let id = top.id; id < context.plan.nodes.length; id += 1) {
    const node = context.plan.nodes[id]
    if (node === undefined || (id > top.id && node.depth <= top.depth)) return false
    if (node.alias === alias || node.relation === alias || node.cte === alias) return true
  }
  return false
}

const isJoin = ({ nodeType, joinType }: PlanNode): boolean =>
  joins.has(nodeType) && joinType !== 'Semi' && joinType !== 'Anti'

const holdsJoin = (context: RuleContext, top: PlanNode): boolean =>
  subtreeOf(context, top).some(({ nodeType }) => joins.has(nodeType))

/**
 * Where the columns come from: the side of the join itself, or of a join inside of it, which multiplies them as well. Past
 * one whose other side is a join of its own a semi-join has to do all of that, too: measured, it took longer than DISTINCT.
 */
function findSource(
  context: RuleContext,
  top: PlanNode,
  keySide: PlanNode,
  alias: string,
): { readonly side: PlanNode; readonly path: readonly PlanNode[] } {
  const path = [top]
  let side = keySide
  for (;;) {
    const join = path.at(-1) ?? top
    if (context.children(join).some((other) => other !== side && holdsJoin(context, other))) break
    let below: PlanNode | undefined = side
    while (below !== undefined && handsOn.has(below.nodeType)) [below] = context.children(below)
    const next =
      below === undefined || !isJoin(below)
        ? undefined
        : context.children(below).find((one) => holds(context, one, alias))
    if (below === undefined || next === undefined) break
    path.push(below)
    side = next
  }
  return { side, path }
}

/** Rows of a side, each once: each process hashes all of it, and a cache that is asked again gives the same ones. */
function rowsOf(side: PlanNode): number {
  const { totalRows = 0, memoize, loops = 1, nodeType, parallelAware, processes = 1 } = side
  if (memoize !== undefined) return (totalRows / Math.max(1, loops)) * memoize.misses
  return totalRows / (nodeType === 'Hash' && !parallelAware ? Math.max(1, processes) : 1)
}

/**
 * A hashing DISTINCT looks like GROUP BY. Known by the statement or the output, else by widths: it gives what came in,
 * no column more, and of the other side of the join nothing at all.
 */
function isDistinct(context: RuleContext, node: PlanNode, join: PlanNode, keySide: PlanNode): boolean {
  if (node.nodeType === 'Unique') return true
  if (node.output.length > 0)
    return (
      !node.output.some((text) => /\b\w+\((\*|.*\))/.test(text)) ||
      /\bselect\s+distinct\b/i.test(context.statement ?? '')
    )
  if (context.statement !== undefined) return /\bselect\s+distinct\b/i.test(context.statement)
  const { planWidthBytes } = node
  return (
    planWidthBytes !== undefined &&
    planWidthBytes === join.planWidthBytes &&
    planWidthBytes <= (keySide.planWidthBytes ?? 0)
  )
}

function draft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  if (!context.plan.analyzed) return []
  const join = findJoin(context, node)
  if (join === undefined) return []
  const made = join.totalRows ?? 0
  const kept = Math.max(1, node.totalRows ?? 0)
  if (made - kept < fewRows || made / kept < leastFactor) return []
  const keys = keysOf(context, node)
  const aliases = new Set(keys.map(({ qualifier }) => qualifier))
  const [alias] = aliases
  const sides = context.children(join)
  const keySide = alias === undefined ? undefined : sides.find((side) => holds(context, side, alias))
  // Columns of both sides: the pairs themselves are asked for.
  if (
    aliases.size !== 1 ||
    alias === undefined ||
    keySide === undefined ||
    !isDistinct(context, node, join, keySide)
  )
    return []
  const { side: source, path } = findSource(context, join, keySide, alias)
  const keyRows = rowsOf(source)
  if (made / Math.max(1, keyRows) < leastFactor && keyRows > kept * leastFactor) return []
  let removalMs = 0
  for (let at: PlanNode | undefined = node; at !== undefined && at !== join; [at] = context.children(at))
    removalMs += at.exclusiveMs ?? 0
  let timeMs = removalMs
  let sparedMs = removalMs * (1 - kept / made)
  for (const one of path) {
    const ownMs = one.exclusiveMs ?? 0
    timeMs += ownMs
    const [, inner] = context.children(one)
    // A semi-join looks no further than the first partner; the way to it stays.
    const lookUpMs =
      one.nodeType === 'Nested Loop' && inner !== undefined ? (repeatedMs(context, inner) ?? 0) : 0
    sparedMs += (ownMs + lookUpMs * lookUpShare) * Math.max(0, 1 - kept / Math.max(1, one.totalRows ?? 0))
  }
  const atStakeMs = node.exclusiveMs === undefined ? undefined : sparedMs
  if (!isWorth(context, atStakeMs)) return []
  const nearest = path.at(-1) ?? join
  const other = context.children(nearest).find((side) => side !== source && !holds(context, side, alias))
  return [
    {
      nodeId: node.id,
      relatedNodeIds: path.map(({ id }) => id),
      title: `DISTINCT removes what the join multiplied: ${formatCount(Math.round(made))} rows to ${formatCount(Math.round(kept))}`,
      evidence: [
        { label: 'Rows of the join', value: formatCount(Math.round(made)), nodeId: join.id },
        { label: 'Rows kept', value: formatCount(Math.round(kept)), nodeId: node.id },
        { label: 'Each came', value: formatFactor(made / kept) },
        { label: 'Columns of', value: alias ?? '', nodeId: keySide.id },
        ...(node.exclusiveMs === undefined
          ? []
          : [{ label: 'Time of the join and the removal', value: formatDuration(timeMs) }]),
      ],
      advice: [
        {
          text: `Only columns of ${alias} are given: ask whether a partner exists instead of joining it. SELECT … FROM … ${alias} WHERE EXISTS (SELECT 1 FROM ${other?.relation ?? 'the other table'} … WHERE …), without DISTINCT.`,
        },
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

export const distinctHidesJoin: Rule = {
  id: 'distinct-hides-join',
  name: 'DISTINCT hides a join that multiplies rows',
  why: 'The join gives a row for each partner, and DISTINCT compares all of them to throw the copies away. A semi-join (EXISTS, IN) stops at the first partner.',
  verify:
    'Run the rewritten statement: a Semi Join gives each row once, the Unique or HashAggregate above it is gone, the result is the same.',
  notWhen:
    'Columns of the other side are needed as well, or the key side itself holds duplicates that have to go.',
  nodeTypes: new Set(['Unique', 'Aggregate']),
  concerns: (node) =>
    !node.neverExecuted &&
    (node.nodeType === 'Unique' ||
      (node.nodeType === 'Aggregate' && node.strategy !== 'Plain' && node.partialMode !== 'Partial')),
  find: (context, nodes) => {
    const drafts = nodes.flatMap((node) => draft(context, node))
    // The topmost removal speaks for those that workers did before it.
    const joinOf = ({ relatedNodeIds }: FindingDraft): number | undefined => relatedNodeIds?.[0]
    return drafts.filter((one, at) => drafts.findIndex((other) => joinOf(other) === joinOf(one)) === at)
  },
}
