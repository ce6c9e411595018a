import type { PlanNode } from '../plan-types.ts'
import { type ColumnName, type Condition, columnsOf, readCondition } from './conditions.ts'
import { termsOf } from './facts.ts'
import type { Advice, RuleContext } from './finding.ts'
import { unqualified, unqualifiedTerm } from './index-keys.ts'
import type { Origin } from './misestimate-origins.ts'
import { type Cause, causeOfJoin, unique } from './misestimated-joins.ts'
import { isOwn, readUse } from './scan-filters.ts'
import { analyzeTable, createStatistics, openStatement, quoteIdentifier, runWith, tableName } from './sql.ts'

const joinTypes: ReadonlySet<string> = new Set(['Nested Loop', 'Hash Join', 'Merge Join'])

/** `a, b and c`; from the fourth on they are counted, since a title has to hold them. */
function listNames(names: readonly string[]): string {
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more columns`] : names
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}

const ownColumns = (node: PlanNode, terms: readonly Condition[]): readonly ColumnName[] =>
  terms.flatMap(columnsOf).filter((column) => isOwn(node, column))

/** `$1` of a prepared statement; an InitPlan's value is printed the same way up to PostgreSQL 16. */
function hasParameter(context: RuleContext, terms: readonly Condition[]): boolean {
  const outputs = new Set(
    context.plan.nodes.flatMap(({ subplanName }) =>
      [...(subplanName ?? '').matchAll(/\$\d+/g)].map(([name]) => name),
    ),
  )
  return terms.some(({ text }) => [...text.matchAll(/\$\d+/g)].some(([name]) => !outputs.has(name)))
}

const refresh = (table: string): Advice =>
  openStatement('Bring the table’s statistics up to date.', 'Open ANALYZE', analyzeTable(table))

function causeOfScan(context: RuleContext, { node, direction }: Origin, table: string): Cause {
  const terms = ['Index Cond', 'Recheck Cond', 'Filter', 'TID Cond'].flatMap((label) => termsOf(node, label))
  // A bitmap's condition stands at the scan a second time.
  const distinct = [...new Map(terms.map((term) => [term.text, term])).values()]
  const uses = distinct.map((term) => readUse(node, term))
  if (distinct.length === 0)
    return {
      words: 'the planner does not know how many rows the table has',
      advice: [refresh(table)],
    }
  if (hasParameter(context, distinct))
    return {
      words: 'the plan was made for any value of a parameter',
      advice: [
        {
          text: 'Let each run be planned with its own values: a generic plan uses averages.',
          statement: 'SET plan_cache_mode = force_custom_plan;',
          action: {
            kind: 'runWithSetting',
            label: 'Run with plan_cache_mode = force_custom_plan',
            name: 'plan_cache_mode',
            value: 'force_custom_plan',
          },
        },
        refresh(table),
      ],
    }
  const hidden = uses.find((use) => use.kind === 'wrapped' || use.kind === 'computed')
  if (hidden?.kind === 'wrapped' || hidden?.kind === 'computed') {
    const expression = unqualified(hidden.operand)
    const isCast = hidden.operand.kind === 'column'
    return {
      words: `no statistics for ${isCast ? 'the cast ' : ''}${expression.length > 40 ? `${expression.slice(0, 39)}…` : expression}`,
      advice: [
        openStatement(
          'Gather statistics for the expression (from PostgreSQL 14 on; an index on it does the same).',
          'Open CREATE STATISTICS',
          `${createStatistics(table, [`(${expression})`])}\n${analyzeTable(table)}`,
        ),
        { text: 'Or say the condition about the column itself, as a range or with the other side cast.' },
      ],
    }
  }
  const opaque = distinct.find((term, at) => term.kind === 'other' && uses[at]?.kind === 'none')
  if (opaque !== undefined && distinct.length === 1 && !opaque.text.includes('SubPlan'))
    return {
      words: 'no statistics for a condition that the planner can’t look into',
      advice: [
        {
          text: 'Say it as comparisons of columns (instead of CASE or a function that answers true or false).',
        },
        openStatement(
          'Or gather statistics for the condition as it stands (from PostgreSQL 14 on).',
          'Open CREATE STATISTICS',
          `${createStatistics(table, [`(${unqualifiedTerm(opaque.text)})`])}\n${analyzeTable(table)}`,
        ),
      ],
    }
  if (distinct.some(({ text }) => text.includes('SubPlan')))
    return {
      words: 'the planner takes half of the rows to pass a subquery in a filter',
      advice: [
        {
          text: 'Say it as EXISTS or NOT EXISTS with a plain equality: a join by semi or anti join is estimated from both tables.',
        },
      ],
    }
  const columns = unique(ownColumns(node, distinct).map(({ name }) => quoteIdentifier(name))).slice(0, 8)
  if (columns.length >= 2 && distinct.length >= 2)
    return {
      words: `${listNames(columns)} depend on each other`,
      advice: [
        openStatement(
          'The planner multiplies the shares of these columns as if each knew nothing of the others: let ANALYZE look at them together.',
          'Open CREATE STATISTICS',
          `${createStatistics(table, columns, ['dependencies', 'ndistinct', 'mcv'])}\n${analyzeTable(table)}`,
        ),
      ],
    }
  const [column] = columns
  if (
    direction === 'under' &&
    distinct.some(({ text }, at) => uses[at]?.kind === 'equality' && isLookUp(node, text))
  )
    return {
      words: 'a join looks up a value more frequent than the average',
      advice: [
        {
          text: 'Of values that come from another table the planner knows the average alone, whatever the statistics. Ask for the key in a statement of its own and write its value (or an array of them) into this one: then it plans for that value.',
        },
        runWith(
          'To see what a join by hash would cost, forbid look-ups for one run.',
          'Run without nested loops',
          'enable_nestloop',
          'off',
        ),
        refresh(table),
      ],
    }
  return {
    words:
      direction === 'under'
        ? 'old statistics, or an unusually frequent value'
        : 'old statistics, or an unusually rare value',
    advice: [
      refresh(table),
      ...(column === undefined
        ? []
        : [
            {
              text: 'If the statistics are fresh, let them know more values of the column.',
              statement: `ALTER TABLE ${table} ALTER COLUMN ${column} SET STATISTICS 1000;\n${analyzeTable(table)}`,
            },
          ]),
    ],
  }
}

/** True of a condition that compares with a column from outside of the scan. */
const isLookUp = (node: PlanNode, text: string): boolean =>
  columnsOf(readCondition(text)).some((column) => !isOwn(node, column))

function causeOfGroups(context: RuleContext, node: PlanNode): Cause {
  const keys = node.conditions.find(({ label }) => label === 'Group Key')?.texts ?? []
  const end = context.plan.nodes.findIndex(({ id, depth }) => id > node.id && depth <= node.depth)
  const below = context.plan.nodes.slice(node.id + 1, end < 0 ? undefined : end)
  const tables = unique(below.flatMap((scan) => tableName(scan) ?? []))
  const [table] = tables
  const names = keys.map((key) => key.replace(/^\w+\./, ''))
  const isSimple = tables.length === 1 && table !== undefined && names.length >= 2
  return {
    words: 'the planner guessed how many different groups there are',
    advice: isSimple
      ? [
          openStatement(
            'Let ANALYZE count the combinations.',
            'Open CREATE STATISTICS',
            `${createStatistics(
              table,
              names.map((name) => (/^[\w"]+$/.test(name) ? name : `(${name})`)),
              ['ndistinct'],
            )}\n${analyzeTable(table)}`,
          ),
        ]
      : [
          {
            text: 'Bring the statistics of the grouped columns up to date; where ANALYZE keeps counting too few different values, set n_distinct for the column (ALTER TABLE … ALTER COLUMN … SET (n_distinct = …)).',
          },
        ],
  }
}

/** A function of the server itself: nobody alters that. */
const isBuiltIn = ({ schema, functionName = '' }: PlanNode): boolean =>
  schema === 'pg_catalog' ||
  /^(unnest|generate_series|jsonb?_\w+|regexp_\w+|string_to_table)$/.test(functionName)

/** Tells the cause from the node's conditions and kind. */
export function findCause(context: RuleContext, origin: Origin): Cause {
  const { node } = origin
  const table = tableName(node)
  if (table !== undefined && node.nodeType !== 'Foreign Scan') return causeOfScan(context, origin, table)
  if (joinTypes.has(node.nodeType)) return causeOfJoin(context, node)
  if (node.nodeType === 'Aggregate' || node.nodeType === 'Group' || node.nodeType === 'Unique')
    return causeOfGroups(context, node)
  if (node.nodeType === 'Function Scan' || node.nodeType === 'ProjectSet')
    return {
      words: 'the planner can’t look into a function and takes its declared number of rows',
      advice: [
        {
          text: isBuiltIn(node)
            ? 'Put the rows into a temporary table and ANALYZE that: then the planner knows how many there are.'
            : `Declare how many rows it gives: ALTER FUNCTION ${node.functionName ?? '…'}(…) ROWS n; or put them into a temporary table and ANALYZE that.`,
        },
      ],
    }
  if (node.nodeType === 'Foreign Scan')
    return {
      words: 'the planner has no statistics of the other server',
      advice: [
        {
          text: 'ANALYZE the foreign table, or set its option use_remote_estimate.',
          ...(table === undefined ? {} : { statement: analyzeTable(table) }),
        },
      ],
    }
  return {
    words: 'a condition on computed rows has no statistics',
    advice: [
      {
        text: 'Say the condition where the rows come from a table, or keep the intermediate result in a temporary table and ANALYZE that.',
      },
    ],
  }
}
