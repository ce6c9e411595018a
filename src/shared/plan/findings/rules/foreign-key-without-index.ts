import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanTrigger } from '../../plan-types.ts'
import { isWorth } from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { guessKey, lacksIndex } from '../foreign-keys.ts'
import { schemaOf } from '../said-schemas.ts'
import { createIndex, openStatement, quoteIdentifier } from '../sql.ts'

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Asks the catalogue which index is missing: a constraint's name alone does not tell its table and columns. */
function lookUp(trigger: PlanTrigger): string {
  const name = trigger.constraint ?? trigger.name
  const where =
    trigger.constraint === undefined && trigger.name.startsWith('RI_ConstraintTrigger')
      ? `c.oid = (SELECT tgconstraint FROM pg_trigger WHERE tgname = ${literal(name)} LIMIT 1)`
      : `c.conname = ${literal(name)}`
  const referenced =
    trigger.relation === undefined
      ? ''
      : `\n  AND c.confrelid IN (SELECT oid FROM pg_class WHERE relname = ${literal(trigger.relation)})`
  return `SELECT format('CREATE INDEX ON %s (%s);', c.conrelid::regclass,
         string_agg(quote_ident(a.attname), ', ' ORDER BY k.place)) AS statement
FROM pg_constraint c
CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k (number, place)
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number
WHERE c.contype = 'f' AND ${where}${referenced}
GROUP BY c.oid, c.conrelid;`
}

/** The referencing table stands most likely beside the one that it refers to. */
function schemaBeside({ plan }: RuleContext, trigger: PlanTrigger): string {
  const written = plan.nodes.find(({ relation }) => relation !== undefined && relation === trigger.relation)
  const schema = written === undefined ? undefined : schemaOf(written)
  return schema === undefined ? '' : `${quoteIdentifier(schema)}.`
}

/** Where table and column meet in a name of many words is told by what the column refers to: `order_id` to orders. */
function isSure(
  { table, column }: { readonly table: string; readonly column: string },
  { relation }: PlanTrigger,
): boolean {
  const stem = column.replace(/_[^_]+$/, '')
  // Plurals in -ies: the last letter may differ.
  return !table.includes('_') || (stem.length > 2 && relation?.startsWith(stem.slice(0, -1)) === true)
}

function adviseFor(context: RuleContext, trigger: PlanTrigger): readonly Advice[] {
  const name = trigger.constraint ?? trigger.name
  const guess = guessKey(name)
  const ask = openStatement(
    'Ask the catalogue for the columns of the constraint; its answer is the statement to run.',
    'Find the index that is missing',
    lookUp(trigger),
  )
  if (guess === undefined || !isSure(guess, trigger)) return [ask]
  const statement = createIndex(`${schemaBeside(context, trigger)}${quoteIdentifier(guess.table)}`, [
    quoteIdentifier(guess.column),
  ])
  const create = openStatement(
    `Index the referencing column; by the constraint’s name it is ${guess.column} of ${guess.table}.`,
    'Create the index',
    statement,
  )
  return guess.table.includes('_') ? [ask, create] : [create, ask]
}

function find(context: RuleContext): readonly FindingDraft[] {
  const { plan } = context
  return plan.triggers
    .filter((trigger) => lacksIndex(context, trigger) && isWorth(context, trigger.timeMs))
    .map((trigger) => {
      const { timeMs = 0, calls } = trigger
      const name = trigger.constraint ?? trigger.name
      return {
        nodeId: undefined,
        title: `Foreign key ${name} took ${formatDuration(timeMs)} for ${formatCount(calls)} ${calls === 1 ? 'row' : 'rows'}: no index behind it`,
        evidence: [
          { label: 'Constraint', value: name },
          ...(trigger.relation === undefined ? [] : [{ label: 'Referenced table', value: trigger.relation }]),
          { label: 'Time', value: formatDuration(timeMs) },
          { label: 'Rows checked', value: formatCount(calls) },
          { label: 'Time a row', value: formatDuration(timeMs / Math.max(1, calls)) },
        ],
        advice: adviseFor(context, trigger),
        timeAtStakeMs: timeMs,
      }
    })
}

export const foreignKeyWithoutIndex: Rule = {
  id: 'foreign-key-without-index',
  name: 'A foreign key without an index on the referencing side',
  why: 'For each row deleted or changed the server looks for rows that refer to it. Without an index on the referencing columns it reads that whole table every time.',
  verify: 'Run it again: the time of the constraint’s trigger falls to hundredths of a millisecond a row.',
  notWhen:
    'When each row takes long because many rows follow it (ON DELETE CASCADE with large families), or when rows of the referenced table are never deleted.',
  find,
}
