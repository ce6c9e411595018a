import type { Bytes } from '#shared/units/index.ts'
import { quoteIdentifier } from '../../statements/index.ts'
import type { PlanNode } from '../plan-types.ts'
import type { Advice } from './finding.ts'
import { schemaOf } from './said-schemas.ts'

export { quoteIdentifier }

/** A scan's table as a statement names it; undefined for what is no table. */
export function tableName(node: PlanNode): string | undefined {
  if (node.relation === undefined) return undefined
  const schema = schemaOf(node)
  return schema === undefined
    ? quoteIdentifier(node.relation)
    : `${quoteIdentifier(schema)}.${quoteIdentifier(node.relation)}`
}

/**
 * @param keys index keys as SQL: quoted columns, or expressions in parentheses
 * @param method `gin`, `gist`; a B-tree unless told
 * @param where condition of a partial index
 */
export function createIndex(table: string, keys: readonly string[], method?: string, where?: string): string {
  const using = method === undefined ? '' : ` USING ${method}`
  return `CREATE INDEX ON ${table}${using} (${keys.join(', ')})${where === undefined ? '' : ` WHERE ${where}`};`
}

export function analyzeTable(table: string): string {
  return `ANALYZE ${table};`
}

/** @param expressions quoted columns, or expressions in parentheses (from PostgreSQL 14 on) */
export function createStatistics(
  table: string,
  expressions: readonly string[],
  kinds: readonly string[] = [],
): string {
  const kind = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`
  const base = (table.split('.').at(-1) ?? table)
    .toLowerCase()

    .replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
  const words = expressions.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
      .replaceAll(/^_+|_+$/g, ''),
  )
  const name = [base, ...words, 'stats'].join('_').slice(0, 63)
  return `CREATE STATISTICS ${quoteIdentifier(name)}${kind} ON ${expressions.join(', ')} FROM ${table};`
}

/** A memory setting that holds so many bytes, rounded up to a figure that people write: `48MB`, `2GB`. */
export function memorySetting(bytes: Bytes): string {
  const mebibytes = Math.max(1, Math.ceil(bytes / 1_048_576))
  const size = 2 ** Math.floor(Math.log2(mebibytes))
  // Halves of a power of two are fine enough: 4, 6, 8, 12, 16, 24, …
  const rounded = mebibytes <= size ? size : mebibytes <= size * 1.5 ? Math.ceil(size * 1.5) : size * 2
  return rounded >= 1_024 && rounded % 1_024 === 0 ? `${rounded / 1_024}GB` : `${rounded}MB`
}

/**
 * Advice to run the same statement once more with more `work_mem`.
 *
 * @param present what did not hold the rows is not advised again; undefined where it is not known
 */
export function raiseWorkMem(
  bytes: Bytes,
  present: Bytes | undefined,
  text: (setting: string) => string,
): Advice {
  const value = memorySetting(Math.max(bytes, (present ?? 0) * 1.5))
  return {
    text: text(value),
    statement: `SET work_mem = '${value}';`,
    action: { kind: 'runWithSetting', label: `Run with work_mem = ${value}`, name: 'work_mem', value },
  }
}

/** Advice to run the same statement once more with a planner setting changed, for that run alone. */
export function runWith(text: string, label: string, name: string, value: string): Advice {
  return {
    text,
    statement: `SET ${name} = ${value};`,
    action: { kind: 'runWithSetting', label, name, value },
  }
}

/** Advice with a statement that opens beside the present one. */
export function openStatement(text: string, label: string, statement: string): Advice {
  return { text, statement, action: { kind: 'openStatement', label, statement } }
}
