import type { PlanNode } from '#shared/plan/index.ts'
import { formatBytes, formatCountShort, formatFactor } from '#shared/units/index.ts'

export interface NodeMark {
  readonly kind: 'misestimate' | 'spilled' | 'workers' | 'lossy' | 'warning'
  readonly text: string
  readonly tone: 'plain' | 'warn' | 'bad'
}

/** From these factors on a misestimate is said, and is coloured. */
const worthSaying = 2
const warnFactor = 4
const badFactor = 20

/** What stands out at a node, most telling first: words, so that no colour has to be seen. */
export function listNodeMarks(node: PlanNode): readonly NodeMark[] {
  const marks: NodeMark[] = []
  const { misestimate, hash, sort, bitmap } = node
  if (misestimate !== undefined && misestimate.factor >= worthSaying) {
    const tone = misestimate.factor >= badFactor ? 'bad' : misestimate.factor >= warnFactor ? 'warn' : 'plain'
    marks.push({
      kind: 'misestimate',
      tone,
      text: `${formatFactor(misestimate.factor)} ${misestimate.direction}`,
    })
  }
  const spilled = sort?.spaceType === 'Disk' ? sort.spaceBytes : hash?.diskBytes
  const batched = (hash?.batches ?? 1) > 1
  if ((spilled ?? 0) > 0 || batched || sort?.spaceType === 'Disk') {
    marks.push({
      kind: 'spilled',
      tone: 'warn',
      text: (spilled ?? 0) > 0 ? `${formatBytes(spilled ?? 0)} disk` : `${hash?.batches ?? 0} batches`,
    })
  }
  if ((bitmap?.lossyBlocks ?? 0) > 0) {
    marks.push({
      kind: 'lossy',
      tone: 'warn',
      text: `${formatCountShort(bitmap?.lossyBlocks ?? 0)} lossy`,
    })
  }
  if (node.workersPlanned !== undefined) {
    const fewer = node.workersLaunched !== undefined && node.workersLaunched < node.workersPlanned
    marks.push({
      kind: 'workers',
      tone: fewer ? 'warn' : 'plain',
      text: `${node.workersLaunched === undefined ? '' : `${node.workersLaunched}/`}${node.workersPlanned} workers`,
    })
  }
  return marks
}

/** Rows in words: what came, or what is expected where nothing ran. */
export function describeRows(node: PlanNode): string {
  if (node.neverExecuted) return 'never executed'
  const rows = node.totalRows ?? node.planRows
  if (rows === undefined) return ''
  const loops = (node.loops ?? 1) > 1 ? ` · ${formatCountShort(node.loops ?? 1)} loops` : ''
  const expected = node.totalRows === undefined ? ' expected' : ''
  return `${formatCountShort(Math.round(rows))} ${Math.round(rows) === 1 ? 'row' : 'rows'}${expected}${loops}`
}
