import type { PlanNode } from '../plan-types.ts'
import { type Condition, columnsOf } from './conditions.ts'
import { termsOf } from './facts.ts'
import type { Advice, RuleContext } from './finding.ts'
import { isHashable } from './join-terms.ts'
import { isOwn } from './scan-filters.ts'
import { analyzeTable, openStatement, quoteIdentifier, tableName } from './sql.ts'
import { inputsOf, subtreeOf } from './subtree.ts'

/** Why the planner was wrong, told from what stands in the plan, and what mends it. */
export interface Cause {
  readonly words: string
  readonly advice: readonly Advice[]
}

export const unique = (names: readonly string[]): readonly string[] => [...new Set(names)]

/** A comparison with a value of the statement, not with another table's column. */
const isAboutValue = (term: Condition): boolean =>
  term.kind === 'comparison' &&
  [term.left, term.right].some(({ columns, kind }) => columns.length === 0 && kind !== 'subPlan') &&
  columnsOf(term).length > 0

/** True if the rows of a side are chosen by values. */
const isChosen = (context: RuleContext, side: PlanNode): boolean =>
  subtreeOf(context, side).some((node) =>
    ['Filter', 'Index Cond', 'Recheck Cond'].some((label) => termsOf(node, label).some(isAboutValue)),
  )

const selectivePart: Advice = {
  text: 'Do the selective part first, in a materialised CTE or a temporary table that is analysed, so that the rest is planned for what really comes.',
}

/** The planner multiplies the shares of several equalities, unless a foreign key says that each row has its partner. */
function adviseKey(
  context: RuleContext,
  node: PlanNode,
  equalities: readonly Condition[],
): readonly Advice[] {
  for (const scan of subtreeOf(context, node)) {
    const table = tableName(scan)
    const columns = unique(
      equalities
        .flatMap(columnsOf)
        .filter((column) => isOwn(scan, column))
        .map(({ name }) => quoteIdentifier(name)),
    )
    if (table === undefined || columns.length < 2) continue
    return [
      {
        text: `If (${columns.join(', ')}) of ${table} name a row of another table together, declare it: the planner then knows that each row has its partner. ALTER TABLE ${table} ADD FOREIGN KEY (${columns.join(', ')}) REFERENCES … NOT VALID is enough for the estimate, and checks nothing that is there.`,
      },
    ]
  }
  return []
}

/** Why a join gave other rows than planned, though its sides came as planned. */
export function causeOfJoin(context: RuleContext, node: PlanNode): Cause {
  const terms = ['Hash Cond', 'Merge Cond', 'Join Filter'].flatMap((label) => termsOf(node, label))
  const [outer, inner] = inputsOf(context, node)
  const lookups =
    inner === undefined ? [] : ['Index Cond', 'Filter'].flatMap((label) => termsOf(inner, label))
  const all = terms.length > 0 ? terms : lookups
  const equalities = all.filter(isHashable)
  if (equalities.length >= 2)
    return {
      words: 'it joins by columns that depend on each other',
      advice: [...adviseKey(context, node, equalities), selectivePart],
    }
  if (outer !== undefined && inner !== undefined && isChosen(context, outer) && isChosen(context, inner))
    return {
      words: 'what is chosen on one side goes with what is chosen on the other',
      advice: [
        {
          text: 'The planner takes the conditions of both tables as if each knew nothing of the other, and no statistics reach from table to table. Where one follows from the other, leave it out, or keep its column in the other table as well.',
        },
        selectivePart,
      ],
    }
  const names = unique(
    all
      .flatMap(columnsOf)
      .map(({ qualifier }) => qualifier ?? '')
      .filter((name) => name !== ''),
  )
  const tables = unique(
    context.plan.nodes
      .filter(({ alias, relation }) => names.includes(alias ?? '') || names.includes(relation ?? ''))
      .flatMap((scan) => tableName(scan) ?? []),
  )
  const text =
    'The planner takes each key to have the same number of partners, beyond the most frequent ones that it knows, and does not know what a filter on one side says about the other: bring both tables’ statistics up to date, and raise the keys’ statistics target where they are skewed.'
  return {
    words: 'keys differ in how many partners they have',
    advice: [
      tables.length > 0 ? openStatement(text, 'Open ANALYZE', tables.map(analyzeTable).join('\n')) : { text },
      {
        text: `If that does not help: ${selectivePart.text.charAt(0).toLowerCase()}${selectivePart.text.slice(1)}`,
      },
    ],
  }
}
