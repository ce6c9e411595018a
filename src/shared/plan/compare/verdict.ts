import { formatBytes, formatCountShort, formatDuration, formatFactor } from '#shared/units/index.ts'
import type { Plan } from '../plan-types.ts'
import type { FigureChange, NodePair, PlanComparison, Verdict } from './comparison.ts'
import { callKind, callNode, spills } from './node-changes.ts'

type Found = Pick<PlanComparison, 'pairs' | 'onlyBefore' | 'onlyAfter' | 'sameShape' | 'figures'>

/** Two executions of one plan differ by that much on a quiet machine. */
const noise = 0.1

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`

/** How much, and by which measure: time where both have it, else what the planner expects. */
export function sayVerdict(
  before: Plan,
  after: Plan,
  found: Found,
): { readonly verdict: Verdict; readonly verdictLine: string } {
  const time = found.figures.find(({ id }) => id === 'statement')
  const cost = found.figures.find(({ id }) => id === 'cost')
  const measured = time ?? cost
  if (measured === undefined || measured.before <= 0 || measured.after <= 0) {
    return {
      verdict: 'unknown',
      verdictLine: join('neither times nor costs to compare', found, before, after),
    }
  }
  const ratio = measured.before / measured.after
  const verdict: Verdict = ratio > 1 + noise ? 'faster' : ratio < 1 / (1 + noise) ? 'slower' : 'same'
  return { verdict, verdictLine: join(sayRatio(ratio, verdict, measured), found, before, after) }
}

function sayRatio(ratio: number, verdict: Verdict, { id, before, after }: FigureChange): string {
  const isTime = id === 'statement'
  if (verdict === 'same') {
    return isTime
      ? `about as fast (${formatDuration(before)} and ${formatDuration(after)})`
      : 'about as dear by the planner’s estimate'
  }
  const factor = verdict === 'faster' ? ratio : 1 / ratio
  const much = factor < 2 ? percent(factor - 1) : formatFactor(factor)
  if (isTime) return `${much} ${verdict}`
  return `the planner expects it ${much} ${verdict === 'faster' ? 'cheaper' : 'dearer'}`
}

function join(head: string, found: Found, before: Plan, after: Plan): string {
  const reasons = [...sayReasons(found, before, after), ...sayBlocks(found.figures)]
  return reasons.length === 0 ? head : `${head}: ${reasons.join('; ')}`
}

const mostReasons = 2

/** What changed where the time changed most. */
function sayReasons(found: Found, before: Plan, after: Plan): readonly string[] {
  if (found.sameShape) return [...sayFigures(found.pairs, before, after), 'the same shape'].slice(0, 1)
  const gain = ({ afterId, beforeId, exclusiveMsChange }: NodePair): number =>
    Math.abs(
      exclusiveMsChange ?? (after.nodes[afterId]?.totalCost ?? 0) - (before.nodes[beforeId]?.totalCost ?? 0),
    )
  const reshaped = found.pairs
    .filter((pair) => pair.reshaped)
    .toSorted((a, b) => gain(b) - gain(a))
    .slice(0, mostReasons)
    .map((pair) => sayReplacement(pair, before, after))
  const reasons = reshaped.filter((reason) => reason !== undefined)
  if (reasons.length > 0) return reasons
  return [...sayAdded(found, before, after), ...sayFigures(found.pairs, before, after)].slice(0, mostReasons)
}

function sayReplacement({ beforeId, afterId }: NodePair, before: Plan, after: Plan): string | undefined {
  const a = before.nodes[beforeId]
  const b = after.nodes[afterId]
  if (a === undefined || b === undefined) return undefined
  if (a.nodeType === b.nodeType)
    return `${callNode(b)} uses ${b.index ?? 'no index'} instead of ${a.index ?? 'none'}`
  return `${callNode(b)} replaced the ${callKind(a)}`
}

/** Nodes that came or went with the most time of their own. */
function sayAdded({ onlyBefore, onlyAfter }: Found, before: Plan, after: Plan): readonly string[] {
  const dearest = (plan: Plan, ids: readonly number[]) =>
    ids
      .map((id) => plan.nodes[id])
      .filter((node) => node !== undefined)
      .toSorted((a, b) => (b.exclusiveMs ?? b.totalCost ?? 0) - (a.exclusiveMs ?? a.totalCost ?? 0))[0]
  const gone = dearest(before, onlyBefore)
  const come = dearest(after, onlyAfter)
  return [
    ...(gone === undefined ? [] : [`${callNode(gone)} is gone`]),
    ...(come === undefined ? [] : [`${callNode(come)} came in`]),
  ]
}

/** Spills that came or went, and workers: what changes time without changing the shape. */
function sayFigures(pairs: readonly NodePair[], before: Plan, after: Plan): readonly string[] {
  return pairs.flatMap(({ beforeId, afterId }) => {
    const a = before.nodes[beforeId]
    const b = after.nodes[afterId]
    if (a === undefined || b === undefined) return []
    if (before.analyzed === after.analyzed && spills(a) !== spills(b))
      return [`${callNode(b)} ${spills(b) ? 'now spills' : 'no longer spills'} to disk`]
    if (before.analyzed === after.analyzed && a.workersLaunched !== b.workersLaunched)
      return [`${a.workersLaunched ?? 0} → ${b.workersLaunched ?? 0} workers`]
    return []
  })
}

/** Reading less (or more) than half is worth a word. */
function sayBlocks(figures: readonly FigureChange[]): readonly string[] {
  const [touched] = figures
    .filter(({ id, before, after }) => (id === 'read' || id === 'hit') && differsTwofold(before, after))
    .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
  if (touched === undefined) return []
  const verb = touched.id === 'read' ? 'reads' : 'touches'
  return [`${verb} ${formatBytes(touched.before)} → ${formatBytes(touched.after)}`]
}

const differsTwofold = (a: number, b: number): boolean =>
  Math.max(a, b) >= 1_048_576 && Math.max(a, b) >= 2 * Math.min(a, b)

/** What to know before the verdict is believed. */
export function findCautions(before: Plan, after: Plan): readonly string[] {
  const cautions: string[] = []
  if (before.analyzed !== after.analyzed)
    cautions.push('Only one of the two was run: times are known of one side alone.')
  else if (before.timed !== after.timed)
    cautions.push('Only one of the two says how long its nodes took: the other ran with TIMING OFF.')
  const [a, b] = [before.nodes[0]?.totalRows, after.nodes[0]?.totalRows]
  if (before.analyzed && after.analyzed && a !== undefined && b !== undefined && a !== b)
    cautions.push(`They gave ${formatCountShort(a)} and ${formatCountShort(b)} rows: not the same answer.`)
  const share = ({ totals: { buffers } }: Plan): number | undefined => {
    if (buffers === undefined) return undefined
    const all = buffers.sharedHitBlocks + buffers.sharedReadBlocks
    return all === 0 ? undefined : buffers.sharedReadBlocks / all
  }
  const [readBefore, readAfter] = [share(before), share(after)]
  if (readBefore !== undefined && readAfter !== undefined && Math.abs(readBefore - readAfter) > 0.3) {
    const colder = readBefore > readAfter ? 'first' : 'second'
    cautions.push(`The ${colder} ran on a colder cache: run both again before you trust the difference.`)
  }
  return cautions
}
