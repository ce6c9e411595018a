import { formatCount, formatDuration, formatFactor, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, removalOf, removedRows, settingOf, shareOf, termsOf } from '../facts.ts'
import type { Advice, Evidence, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { isHashable } from '../join-terms.ts'
import { analyzeTable, createIndex, openStatement, quoteIdentifier, runWith, tableName } from '../sql.ts'
import { repeatedMs } from '../subtree.ts'
import { wholeReadMs } from '../whole-read.ts'

/** Pairs compared one by one: below, no other join is quicker. */
const fewPairs = 10_000

/** Look-ups of a loop that nobody planned. */
const manyLoops = 1_000

/** Look-ups of a loop that was planned so: costs of random reads are guesses, but not by so much. */
const plannedLoops = 10_000

/** Whoever joins a whole table by look-ups wants a hash join sooner. */
const wholeTableLoops = 5_000

/** Planned look-ups are told only where they are what the statement does. */
const mainShare = 0.4

/** To find a row's partners in a hash table. */
const probeMs = 0.0002

/** Of the look-ups' time that one pass over the inner side has to save. */
const leastGain = 0.3

/** A hash join still has to read the inner side once, and hash it. */
const lookupShare = 0.6

const indexed: ReadonlySet<string> = new Set(['Index Scan', 'Index Only Scan', 'Bitmap Heap Scan'])

interface Sides {
  readonly outer: PlanNode
  readonly inner: PlanNode
  /** The scan of the inner side, below a Materialize or Memoize. */
  readonly scan: PlanNode
  readonly loops: number
  /** Wall clock of the join itself and everything it ran again and again. */
  readonly timeMs: number | undefined
}

function readSides(context: RuleContext, node: PlanNode): Sides | undefined {
  const [outer, inner] = context
    .children(node)
    .filter(({ parentRelationship }) => /^(Outer|Inner)$/.test(parentRelationship ?? ''))
  if (outer === undefined || inner === undefined || inner.neverExecuted) return undefined
  let scan = inner
  while (/^(Materialize|Memoize)$/.test(scan.nodeType)) {
    const [below] = context.children(scan)
    if (below === undefined) break
    scan = below
  }
  const innerMs = repeatedMs(context, inner)
  const timeMs =
    node.exclusiveMs === undefined || innerMs === undefined ? undefined : node.exclusiveMs + innerMs
  return { outer, inner, scan, loops: inner.loops ?? 0, timeMs }
}

const outerEvidence = ({ outer, inner, loops, timeMs }: Sides): readonly Evidence[] => [
  {
    label: 'Outer rows',
    value: `${formatCount(Math.round(outer.totalRows ?? loops))}, planned ${formatCount(outer.planRows ?? 0)}`,
    nodeId: outer.id,
  },
  { label: 'Inner side run', value: `${formatCount(loops)} times`, nodeId: inner.id },
  ...(timeMs === undefined
    ? []
    : [{ label: 'Own time, with the inner side', value: formatDuration(timeMs) }]),
]

/** Every pair compared, though an equality would let the server hash or merge. */
function pairsDraft(context: RuleContext, node: PlanNode, sides: Sides): readonly FindingDraft[] {
  const removed = removalOf(node, 'joinFilter')
  const terms = termsOf(node, 'Join Filter')
  const equality = terms.find(isHashable)
  if (removed === undefined || equality === undefined || removed.totalRows < fewPairs) return []
  const lost = 1 - (removed.selectivity ?? 1)
  const atStakeMs = shareOf(sides.timeMs, lost)
  if (lost < 0.9 || !isWorth(context, atStakeMs)) return []
  const { scan } = sides
  const table = tableName(scan)
  const own =
    equality.kind === 'comparison'
      ? [...equality.left.columns, ...equality.right.columns].find(
          ({ qualifier }) => qualifier === scan.alias || qualifier === scan.relation,
        )
      : undefined
  return [
    {
      nodeId: node.id,
      relatedNodeIds: [sides.inner.id, sides.outer.id],
      title: `Nested loop compares ${formatCount(Math.round(removed.totalRows + (node.totalRows ?? 0)))} pairs one by one`,
      evidence: [
        { label: 'Join Filter', value: terms.map(({ text }) => text).join(' AND '), nodeId: node.id },
        {
          label: 'Pairs thrown away',
          value: `${formatCount(Math.round(removed.totalRows))} (${formatPercent(lost)})`,
          nodeId: node.id,
        },
        ...outerEvidence(sides),
      ],
      advice: [
        ...adviseEstimate(context, sides),
        ...(table === undefined || own === undefined
          ? []
          : [
              openStatement(
                'Let each outer row look its partners up: an index on the inner side’s key.',
                'Open CREATE INDEX',
                createIndex(table, [quoteIdentifier(own.name)]),
              ),
            ]),
        ...adviseSettings(context),
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

function adviseEstimate(_context: RuleContext, { outer }: Sides): readonly Advice[] {
  const { misestimate } = outer
  if (misestimate === undefined || misestimate.direction !== 'under' || misestimate.factor < 3) return []
  const table = tableName(outer)
  return [
    {
      text: `The planner expected ${formatFactor(misestimate.factor)} fewer outer rows; mend that estimate, and it joins by hash or merge by itself.`,
      ...(table === undefined ? {} : { statement: analyzeTable(table) }),
    },
  ]
}

const switchedOff = (context: RuleContext): readonly string[] =>
  ['enable_hashjoin', 'enable_mergejoin'].filter((name) => settingOf(context, name) === 'off')

function adviseSettings(context: RuleContext): readonly Advice[] {
  const off = switchedOff(context)
  if (off.length > 0)
    return [
      {
        text: `${off.join(' and ')} ${off.length > 1 ? 'are' : 'is'} off: the planner may not join otherwise.`,
        statement: off.map((name) => `RESET ${name};`).join('\n'),
      },
    ]
  return [
    runWith(
      'To see what another join would cost, forbid this one for one run.',
      'Run without nested loops',
      'enable_nestloop',
      'off',
    ),
  ]
}

/** A look-up for each of many outer rows, where one pass over the inner side would do. */
function lookupDraft(context: RuleContext, node: PlanNode, sides: Sides): readonly FindingDraft[] {
  const { outer, inner, scan, loops, timeMs } = sides
  const isScan = indexed.has(scan.nodeType) || (scan.nodeType === 'Seq Scan' && inner === scan)
  if (!isScan || loops < manyLoops) return []
  const isUnplanned = outer.misestimate?.direction === 'under' && outer.misestimate.factor >= 5
  const isForced = switchedOff(context).length > 0
  // Look-ups that fetch rows to throw them away have another trouble.
  const isWhole = outer.nodeType === 'Seq Scan' && outer.conditions.length === 0
  const isMain =
    loops >= (isWhole ? wholeTableLoops : plannedLoops) &&
    (timeMs ?? 0) >= mainShare * context.wholeMs &&
    removedRows(scan, 'filter') < loops
  if (!isUnplanned && !isForced && !isMain) return []
  const gainMs = timeMs === undefined ? undefined : timeMs - wholeReadMs(context, scan) - loops * probeMs
  // The inner table is so large that looking up is quicker than one pass over it.
  if (gainMs !== undefined && timeMs !== undefined && gainMs < leastGain * timeMs) return []
  const atStakeMs =
    gainMs === undefined ? undefined : Math.min(gainMs, shareOf(timeMs, lookupShare) ?? gainMs)
  if (!isWorth(context, atStakeMs)) return []
  return [
    {
      nodeId: node.id,
      relatedNodeIds: [inner.id, outer.id],
      title: `Nested loop looks ${scan.relation ?? 'the inner side'} up ${formatCount(loops)} times`,
      evidence: outerEvidence(sides),
      advice: [
        ...adviseEstimate(context, sides),
        ...adviseSettings(context),
        {
          text: 'Reduce the outer side before the join: filter it, or group it, so that fewer rows look anything up.',
        },
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

export const nestedLoopLargeOuter: Rule = {
  id: 'nested-loop-large-outer',
  name: 'Nested loop with a large outer side',
  why: 'A nested loop runs its inner side once for each outer row. With many outer rows one pass over the inner side, hashed or sorted, costs less.',
  verify:
    'Run the statement again: a Hash Join or Merge Join stands in its place, and the inner side runs once. Compare the execution times.',
  notWhen:
    'The inner table is far larger than the rows looked up in it, or a LIMIT stops the loop early: then looking up is the quickest way.',
  nodeTypes: new Set(['Nested Loop']),
  concerns: ({ neverExecuted }) => !neverExecuted,
  find: (context, loops) => {
    const told = new Map<number, FindingDraft>()
    // From below: the rows of a loop are the outer rows of the next, and it is the lowest that has too many.
    for (const node of loops.toReversed()) {
      const sides = readSides(context, node)
      if (sides === undefined) continue
      const [pairs] = pairsDraft(context, node, sides)
      const [lookups] = pairs === undefined ? lookupDraft(context, node, sides) : []
      const below = told.get(sides.outer.id)
      if (pairs !== undefined) told.set(node.id, pairs)
      else if (lookups !== undefined) told.set(node.id, below === undefined ? lookups : merge(below, lookups))
      if (lookups !== undefined && below !== undefined) told.delete(sides.outer.id)
    }
    return [...told.values()]
  },
}

/** Two loops over the same outer rows as one finding, at the lower. */
function merge(below: FindingDraft, above: FindingDraft): FindingDraft {
  return {
    ...below,
    relatedNodeIds: [
      ...new Set([...(below.relatedNodeIds ?? []), ...(above.nodeId === undefined ? [] : [above.nodeId])]),
    ],
    timeAtStakeMs:
      below.timeAtStakeMs === undefined || above.timeAtStakeMs === undefined
        ? below.timeAtStakeMs
        : below.timeAtStakeMs + above.timeAtStakeMs,
  }
}
