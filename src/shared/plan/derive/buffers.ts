import type { BufferBlocks, Charge, IoTimes, WalUsage } from '../plan-types.ts'
import { type RawRecord, readNumber } from '../raw.ts'
import type { TreeNode } from './tree.ts'

/** Blocks of a node, a worker, planning or serialization; undefined without BUFFERS. Foreign writers leave zeros out. */
export function readBuffers(raw: RawRecord): BufferBlocks | undefined {
  if (
    raw['Shared Hit Blocks'] === undefined &&
    raw['Shared Read Blocks'] === undefined &&
    raw['Temp Written Blocks'] === undefined &&
    raw['Temp Read Blocks'] === undefined
  )
    return undefined
  const read = (key: string): number => readNumber(raw, key) ?? 0
  return {
    sharedHitBlocks: read('Shared Hit Blocks'),
    sharedReadBlocks: read('Shared Read Blocks'),
    sharedDirtiedBlocks: read('Shared Dirtied Blocks'),
    sharedWrittenBlocks: read('Shared Written Blocks'),
    localHitBlocks: read('Local Hit Blocks'),
    localReadBlocks: read('Local Read Blocks'),
    localDirtiedBlocks: read('Local Dirtied Blocks'),
    localWrittenBlocks: read('Local Written Blocks'),
    tempReadBlocks: read('Temp Read Blocks'),
    tempWrittenBlocks: read('Temp Written Blocks'),
  }
}

/** I/O times; undefined without track_io_timing. The names of the first two changed in 17. */
export function readIoTimes(raw: RawRecord): IoTimes | undefined {
  const isOld = raw['I/O Read Time'] !== undefined
  if (!isOld && raw['Shared I/O Read Time'] === undefined) return undefined
  const read = (key: string): number => readNumber(raw, key) ?? 0
  return {
    sharedReadMs: read(isOld ? 'I/O Read Time' : 'Shared I/O Read Time'),
    sharedWriteMs: read(isOld ? 'I/O Write Time' : 'Shared I/O Write Time'),
    localReadMs: read('Local I/O Read Time'),
    localWriteMs: read('Local I/O Write Time'),
    tempReadMs: read('Temp I/O Read Time'),
    tempWriteMs: read('Temp I/O Write Time'),
  }
}

/** WAL figures; undefined without WAL. */
export function readWal(raw: RawRecord): WalUsage | undefined {
  if (raw['WAL Records'] === undefined) return undefined
  return {
    walRecords: readNumber(raw, 'WAL Records') ?? 0,
    walFullPageImages: readNumber(raw, 'WAL FPI') ?? 0,
    walBytes: readNumber(raw, 'WAL Bytes') ?? 0,
    walBuffersFull: readNumber(raw, 'WAL Buffers Full') ?? 0,
  }
}

/** One kind of figures for the whole tree. */
export interface TreeUsage<Figures> {
  /** By node id. */
  readonly inclusive: readonly (Figures | undefined)[]
  readonly exclusive: readonly (Figures | undefined)[]
  /** Nodes whose subtraction fell below zero (the server split them otherwise); the figure is 0 there. */
  readonly negativeIds: ReadonlySet<number>
}

/** Figures that rounding alone can push below zero: I/O times have three decimals. */
const roundingNoise = 0.01

/** The server writes at most three decimals: what subtraction leaves far below them is residue of binary fractions. */
function dropResidue(figure: number): number {
  // Adding zero turns -0 into 0.
  return Math.round(figure * 1e6) / 1e6 + 0
}

/**
 * Takes a figure from its payers: in proportion to what they have left, or from the first as far as it goes.
 *
 * @returns what none of them had
 */
function share<Field extends PropertyKey>(
  payers: readonly Record<Field, number>[],
  field: Field,
  figure: number,
  inProportion: boolean,
): number {
  const sum = payers.reduce((total, payer) => total + Math.max(0, payer[field]), 0)
  let left = Math.min(figure, sum)
  for (const payer of payers) {
    const free = Math.max(0, payer[field])
    const part = inProportion ? (sum === 0 ? 0 : (Math.min(figure, sum) * free) / sum) : Math.min(free, left)
    payer[field] -= part
    left -= part
  }
  return figure - Math.min(figure, sum)
}

/**
 * A node's own blocks, I/O time or WAL (plan-semantics, rule 4): its totals minus those of the nodes charged to it.
 * Several readers of one CTE paid for it block by block, and touch no shared blocks of their own: so each pays
 * in proportion to what it has, and what none of them has the node that the CTE hangs on: there its workers are wound
 * up. A write that its readers did not see to its end goes on behind the tree. An InitPlan that its user and its owner
 * share is paid by the user first.
 */
export function computeUsage<Figures extends { readonly [field in keyof Figures]: number }>(
  tree: readonly TreeNode[],
  charges: readonly (readonly Charge[])[],
  read: (raw: RawRecord) => Figures | undefined,
): TreeUsage<Figures> {
  type Field = keyof Figures
  const inclusive = tree.map((node) => read(node.raw))
  const negativeIds = new Set<number>()
  const sample = inclusive.find((figures) => figures !== undefined)
  if (sample === undefined) return { inclusive, exclusive: inclusive, negativeIds }
  const fields = Object.keys(sample) as Field[]
  const own: readonly (Record<Field, number> | undefined)[] = inclusive.map((figures) =>
    figures === undefined ? undefined : { ...figures },
  )
  const initPlans: number[] = []
  const ctes: number[] = []
  for (const [childId, payers] of charges.entries()) {
    const child = inclusive[childId]
    if (child === undefined || payers.length === 0) continue
    if (tree[childId]?.kind === 'cte') ctes.push(childId)
    else if (payers.length > 1) initPlans.push(childId)
    else {
      const payer = own[payers[0]?.nodeId ?? -1]
      if (payer !== undefined) for (const field of fields) payer[field] -= child[field]
    }
  }
  // Where several paid, what each has left tells how much: its own children are off by now.
  for (const childId of [...initPlans, ...ctes]) {
    const child = inclusive[childId]
    const node = tree[childId]
    if (child === undefined || node === undefined) continue
    const ids = (charges[childId] ?? []).map(({ nodeId }) => nodeId)
    const ownsOf = (nodeIds: readonly number[]) =>
      nodeIds.map((id) => own[id]).filter((figures) => figures !== undefined)
    const isCte = node.kind === 'cte'
    const payers = ownsOf(isCte ? ids.filter((id) => tree[id]?.nodeType === 'CTE Scan') : ids)
    const owner = isCte ? ownsOf([node.parentId ?? -1]) : []
    for (const field of fields) {
      const left = share(payers, field, child[field], isCte)
      const unpaid = left > 0 ? share(owner, field, left, false) : 0
      if (unpaid > roundingNoise && node.nodeType !== 'ModifyTable') negativeIds.add(ids[0] ?? childId)
    }
  }
  for (const [id, figures] of own.entries()) {
    if (figures === undefined) continue
    for (const field of fields) {
      figures[field] = dropResidue(figures[field])
      if (figures[field] >= 0) continue
      if (figures[field] < -roundingNoise) negativeIds.add(id)
      figures[field] = 0
    }
  }
  return { inclusive, exclusive: own as (Figures | undefined)[], negativeIds }
}
