import { isRawPlanNode, isRecord, listRawNodes } from '../raw.ts'
import type { BarePlan, Problem } from './found-plan.ts'
import { dropUntyped } from './json-spans.ts'
import { readJsonValue } from './parse-json.ts'
import { findRawGap } from './text/missing-children.ts'

/** What a reader of a structured format hands over: the value with JSON's keys, and where it broke, if it did. */
export interface StructuredValue {
  readonly value: unknown
  /** Index behind the last line it took. */
  readonly end: number
  /** Where each statement's object starts. */
  readonly lines: ReadonlyMap<object, number>
  readonly broken: Problem | undefined
}

export interface BlockReading {
  readonly plans: readonly BarePlan[]
  readonly problem: Problem | undefined
  readonly end: number
}

/** What broke off may have left a node of which not even the type was read. */
function dropLastUntyped(value: unknown): void {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value
  if (isRecord(last) && isRawPlanNode(last['Plan'])) dropUntyped(last['Plan'])
}

/** Plans of a value read from YAML or XML; a break is a warning on the last plan, or the error if there is none. */
export function toPlans(format: 'yaml' | 'xml', reading: StructuredValue, start: Problem): BlockReading {
  const { broken, end } = reading
  if (broken !== undefined) dropLastUntyped(reading.value)
  let document = readJsonValue(reading.value)
  if (!document.ok && format === 'yaml') {
    // Cut within a node's first key, where nothing breaks.
    dropLastUntyped(reading.value)
    document = readJsonValue(reading.value)
  }
  if (!document.ok) return { plans: [], problem: broken ?? { ...start, message: document.message }, end }
  const plans = document.plans.map((raw, at): BarePlan => {
    const isLast = at === document.plans.length - 1
    const count = listRawNodes(raw).length
    const cut =
      broken !== undefined && isLast
        ? [
            `The plan breaks off at line ${broken.line}, column ${broken.column} (${broken.message}): ${
              count === 1 ? 'one node was' : `${count} nodes were`
            } read, the last perhaps in part; what follows is missing.`,
          ]
        : []
    // YAML ends anywhere.
    const gap = format === 'yaml' && isLast && cut.length === 0 ? findRawGap(raw) : undefined
    return {
      format,
      raw,
      line: reading.lines.get(raw) ?? start.line,
      warnings: [...document.warnings, ...cut, ...(gap === undefined ? [] : [gap])],
    }
  })
  return { plans, problem: undefined, end }
}
