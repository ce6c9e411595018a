import type { PlanError, RawPlan, RawPlanNode, RawRecord } from '#shared/plan/index.ts'
import type { SourceLine } from '../../../../../src/shared/plan/read/source-line.ts'
import { parsePlanText, type TextReading } from '../../../../../src/shared/plan/read/text/parse-text.ts'
import { text } from '../plan-notation.ts'

export const toLines = (paste: string): readonly SourceLine[] =>
  paste.split('\n').map((line, at) => ({ text: line, line: at + 1, column: 1 }))

export const readAt = (paste: string, from = 0): TextReading => parsePlanText(toLines(paste), from)

/** The plan in a paste that begins with it. */
export function read(paste: string): RawPlan {
  const reading = readAt(paste)
  if (!reading.ok) throw new Error(reading.error.message)
  return reading.raw
}

export function warningsOf(paste: string): readonly string[] {
  const reading = readAt(paste)
  if (!reading.ok) throw new Error(reading.error.message)
  return reading.warnings
}

export function refusal(paste: string): PlanError {
  const reading = readAt(paste)
  if (reading.ok) throw new Error('was read as a plan')
  return reading.error
}

/** A plan in a template, its margin taken off. */
export const plan = (parts: TemplateStringsArray, ...values: readonly unknown[]): RawPlan =>
  read(text(parts, ...values))

export const root = (parts: TemplateStringsArray, ...values: readonly unknown[]): RawPlanNode =>
  plan(parts, ...values).Plan

/** The keys of a record without those that every node has. */
export function besides(record: RawRecord, ...keys: readonly string[]): RawRecord {
  const left = new Set(['Node Type', 'Parallel Aware', 'Plans', ...keys])
  return Object.fromEntries(Object.entries(record).filter(([key]) => !left.has(key)))
}

export function child(node: RawRecord, at = 0): RawPlanNode {
  const children = node['Plans']
  const found: unknown = Array.isArray(children) ? children[at] : undefined
  if (typeof found !== 'object' || found === null) throw new Error(`no child ${at}`)
  return found as RawPlanNode
}
