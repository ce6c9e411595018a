import type { PlanNode } from '#shared/plan/index.ts'
import { formatBytes, formatCount, formatDuration, formatFactor } from '#shared/units/index.ts'
import { markExactness } from '../exactness.ts'
import { tellRemovedShare } from '../rows-removed.ts'
import { derivedFact, fact, type NodeFact, present } from './node-fact.ts'
import { blockFacts, ioFacts, memoryFacts, parallelFacts } from './node-resources.ts'

export interface NodeSection {
  readonly title: string
  readonly facts: readonly NodeFact[]
}

/** From this factor on, a misestimate is coloured. */
const misestimateWarn = 4
const misestimateBad = 20

/** Everything that is known of a node, in sections; empty sections are left out. */
export function buildNodeSections(node: PlanNode, blockBytes: number): readonly NodeSection[] {
  const sections: NodeSection[] = [
    { title: 'Time', facts: timeFacts(node) },
    { title: 'Rows', facts: rowFacts(node) },
    { title: 'Blocks', facts: blockFacts(node, blockBytes) },
    { title: 'I/O time', facts: ioFacts(node) },
    { title: 'Memory and disk', facts: memoryFacts(node) },
    { title: 'Parallel', facts: parallelFacts(node) },
    { title: 'Planner', facts: plannerFacts(node) },
    { title: 'Place', facts: placeFacts(node) },
  ]
  return sections.filter((section) => section.facts.length > 0)
}

function timeFacts(node: PlanNode): readonly NodeFact[] {
  if (node.neverExecuted) return [{ label: 'executed', value: 'never', origin: 'Actual Loops = 0' }]
  const { exactness } = node
  const perProcess =
    node.processes === undefined || node.processes === 1
      ? 'Actual Total Time × loops'
      : 'Actual Total Time × loops ÷ processes'
  return present([
    derivedFact('own, elapsed', node.exclusiveMs, formatDuration, 'inclusive less what ran inside it', {
      exactness: exactness.exclusiveMs,
    }),
    derivedFact('inclusive, elapsed', node.inclusiveMs, formatDuration, perProcess, {
      exactness: exactness.inclusiveMs,
      range: node.inclusiveMsRange,
    }),
    derivedFact(
      'own, work',
      node.exclusiveWorkMs,
      formatDuration,
      'work less its children’s; summed over processes',
      { exactness: exactness.exclusiveWorkMs },
    ),
    derivedFact(
      'inclusive, work',
      node.workMs,
      formatDuration,
      'Actual Total Time × loops; summed over processes',
      { exactness: exactness.workMs },
    ),
    fact('first row after', node.startupMs, formatDuration, 'Actual Startup Time, mean of a loop'),
    fact('loops', node.loops, formatCount, 'Actual Loops, over all processes'),
  ])
}

function rowFacts(node: PlanNode): readonly NodeFact[] {
  const { misestimate } = node
  const off = misestimate === undefined || misestimate.direction === 'none' ? undefined : misestimate
  return present([
    derivedFact('rows out', node.totalRows, (rows) => formatCount(Math.round(rows)), 'Actual Rows × loops', {
      exactness: node.exactness.totalRows,
      range: node.totalRowsRange,
    }),
    node.loops === undefined || node.loops <= 1
      ? undefined
      : fact('rows per loop', node.actualRows, formatCount, 'Actual Rows'),
    fact('estimated', node.planRows, formatCount, 'Plan Rows, per loop and process'),
    off === undefined
      ? undefined
      : {
          label: 'misestimate',
          value: `${formatFactor(off.factor)} ${off.direction}`,
          origin:
            off.direction === 'under'
              ? 'more rows came than the planner expected'
              : 'fewer rows came than the planner expected',
          ...(off.factor >= misestimateBad
            ? { tone: 'bad' as const }
            : off.factor >= misestimateWarn
              ? { tone: 'warn' as const }
              : {}),
        },
    ...node.rowsRemoved
      .filter(({ totalRows }) => totalRows > 0)
      .map((removed): NodeFact => {
        const share = tellRemovedShare(node, removed)
        const mostly =
          removed.selectivity !== undefined && removed.selectivity < 0.1 && removed.totalRows > 1_000
        return {
          label: removalLabels[removed.kind],
          value: `${markExactness(formatCount(Math.round(removed.totalRows)), removed.exactness)}${share.text}`,
          origin: share.origin,
          ...(mostly ? { tone: 'bad' as const } : {}),
        }
      }),
    fact(
      'heap fetches',
      node.heapFetches,
      formatCount,
      'rows an index-only scan had to look up in the table: the visibility map is behind (VACUUM)',
    ),
    fact('index searches', node.indexSearches, formatCount, 'descents of the index'),
  ])
}

const removalLabels = {
  filter: 'thrown away by filter',
  joinFilter: 'thrown away by join filter',
  indexRecheck: 'thrown away by recheck',
  conflictFilter: 'thrown away on conflict',
} as const

function plannerFacts(node: PlanNode): readonly NodeFact[] {
  return present([
    fact('total cost', node.totalCost, formatCount, 'in units of seq_page_cost'),
    fact('startup cost', node.startupCost, formatCount, 'before the first row'),
    fact('row width', node.planWidthBytes, formatBytes, 'Plan Width'),
    node.disabled
      ? {
          label: 'disabled',
          value: 'yes',
          origin: 'an enable_* setting is off, and no other way was found',
          tone: 'warn',
        }
      : undefined,
  ])
}

function placeFacts(node: PlanNode): readonly NodeFact[] {
  return present([
    node.subplanName === undefined ? undefined : { label: 'name', value: node.subplanName },
    node.parentRelationship === undefined ? undefined : { label: 'role', value: node.parentRelationship },
    fact('subplans removed', node.subplansRemoved, formatCount, 'partitions pruned at run time'),
  ])
}
