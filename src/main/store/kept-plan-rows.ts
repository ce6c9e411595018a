import { type KeptPlan, type KeptPlanSummary, planSources, WorkbenchError } from '#shared/session/index.ts'
import type { Database, Row } from './database.ts'
import type { NewKeptPlan } from './protocol.ts'
import { present, type RowReader, readRow } from './row-reader.ts'

/** A plan's text may be many megabytes: the list never touches it. */
const summaryColumns = `plan_id, plan_ordinal, name, source, epoch_us(added_at)::DOUBLE / 1000 AS added_at, note,
  statement, duration_ms, node_count, execution_ms, text_chars`

export async function readPlanSummaries(database: Database): Promise<readonly KeptPlanSummary[]> {
  const rows = await database.rows(`SELECT ${summaryColumns} FROM plans ORDER BY plan_ordinal`)
  return rows.map(readRow).map(summaryOfRow)
}

export async function readPlan(database: Database, planId: string): Promise<KeptPlan> {
  const row = await readOne(database, `${summaryColumns}, plan_text`, planId)
  return { ...summaryOfRow(row), text: row.text('plan_text') }
}

/** Gives it the next number. */
export async function insertPlan(database: Database, plan: NewKeptPlan): Promise<KeptPlanSummary> {
  await database.run(
    `INSERT INTO plans (plan_id, plan_ordinal, name, source, added_at, note, statement, duration_ms, node_count,
       execution_ms, text_chars, plan_text)
     SELECT $planId, coalesce(max(plan_ordinal), 0) + 1, $name, $source, make_timestamp($addedAtUs::BIGINT), $note,
       $statement, $durationMs, $nodes, $executionMs, $chars, $text
     FROM plans`,
    {
      planId: plan.planId,
      name: plan.name,
      source: plan.source,
      addedAtUs: Math.round(plan.addedAtMs * 1_000),
      note: plan.note,
      statement: plan.statement ?? null,
      durationMs: plan.durationMs ?? null,
      nodes: plan.nodes ?? null,
      executionMs: plan.executionMs ?? null,
      chars: plan.chars,
      text: plan.text,
    },
  )
  return await readPlanSummary(database, plan.planId)
}

/** Changes what is given, and nothing else. */
export async function changePlan(
  database: Database,
  { planId, name, note }: { readonly planId: string; readonly name?: string; readonly note?: string },
): Promise<KeptPlanSummary> {
  requireFound(
    await database.rows(
      `UPDATE plans SET name = coalesce($name, name), note = coalesce($note, note)
       WHERE plan_id = $planId RETURNING plan_ordinal`,
      { planId, name: name ?? null, note: note ?? null },
    ),
  )
  return await readPlanSummary(database, planId)
}

export async function deletePlan(database: Database, planId: string): Promise<void> {
  requireFound(
    await database.rows('DELETE FROM plans WHERE plan_id = $planId RETURNING plan_ordinal', { planId }),
  )
}

async function readPlanSummary(database: Database, planId: string): Promise<KeptPlanSummary> {
  return summaryOfRow(await readOne(database, summaryColumns, planId))
}

async function readOne(database: Database, columns: string, planId: string): Promise<RowReader> {
  const rows = await database.rows(`SELECT ${columns} FROM plans WHERE plan_id = $planId`, { planId })
  return readRow(requireFound(rows))
}

function requireFound(rows: readonly Row[]): Row {
  const [row] = rows
  if (row !== undefined) return row
  throw new WorkbenchError('PLAN_UNKNOWN', 'This plan is not in the session.', {
    advice: 'It may have been removed; read the list of plans again.',
  })
}

function summaryOfRow(row: RowReader): KeptPlanSummary {
  return {
    planId: row.text('plan_id'),
    ordinal: row.number('plan_ordinal'),
    name: row.text('name'),
    source: row.oneOf('source', planSources),
    addedAtMs: row.number('added_at'),
    note: row.text('note'),
    chars: row.number('text_chars'),
    ...present({
      statement: row.optionalText('statement'),
      durationMs: row.optionalNumber('duration_ms'),
      nodes: row.optionalNumber('node_count'),
      executionMs: row.optionalNumber('execution_ms'),
    }),
  }
}
