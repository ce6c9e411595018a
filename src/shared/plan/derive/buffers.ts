import type { BufferBlocks, Charge, IoTimes, WalUsage } from '../plan-types.ts'
import { asNumber, type RawRecord, readNumber } from '../raw.ts'
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
  return {
    sharedHitBlocks: asNumber(raw['Shared Hit Blocks']) ?? 0,
    sharedReadBlocks: asNumber(raw['Shared Read Blocks']) ?? 0,
    sharedDirtiedBlocks: asNumber(raw['Shared Dirtied Blocks']) ?? 0,
    sharedWrittenBlocks: asNumber(raw['Shared Written Blocks']) ?? 0,
    localHitBlocks: asNumber(raw['Local Hit Blocks']) ?? 0,
    localReadBlocks: asNumber(raw['Local Read Blocks']) ?? 0,
    localDirtiedBlocks: asNumber(raw['Local Dirtied Blocks']) ?? 0,
    localWrittenBlocks: asNumber(raw['Local Written Blocks']) ?? 0,
    tempReadBlocks: asNumber(raw['Temp Read Blocks']) ?? 0,
    tempWrittenBlocks: asNumber(raw['Temp Written Blocks']) ?? 0,
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
function readWal(raw: RawRecord): WalUsage | undefined {
  if (raw['WAL Records'] === undefined) return undefined
  return {
    walRecords: readNumber(raw, 'WAL Records') ?? 0,
    walFullPageImages: readNumber(raw, 'WAL FPI') ?? 0,
    walBytes: readNumber(raw, 'WAL Bytes') ?? 0,
    walBuffersFull: readNumber(raw, 'WAL Buffers Full') ?? 0,
  }
}

type Mutable<Figures> = { -readonly [field in keyof Figures]: number }

/** How figures of one kind are taken off others: field by field by name, since each node is asked. */
export interface UsageKind<Figures> {
  readonly subtract: (from: Mutable<Figures>, figures: Figures) => void
  /** Whether all are whole and none is below zero: nothing is left to be mended. */
  readonly isSettled: (figures: Figures) => boolean
}

/** Neither below zero nor with a fraction. */
const isCount = (figure: number): boolean => figure >= 0 && Number.isInteger(figure)

export const blocksUsage: UsageKind<BufferBlocks> = {
  subtract: (from, figures) => {
    from.sharedHitBlocks -= figures.sharedHitBlocks
    from.sharedReadBlocks -= figures.sharedReadBlocks
    from.sharedDirtiedBlocks -= figures.sharedDirtiedBlocks
    from.sharedWrittenBlocks -= figures.sharedWrittenBlocks
    from.localHitBlocks -= figures.localHitBlocks
    from.localReadBlocks -= figures.localReadBlocks
    from.localDirtiedBlocks -= figures.localDirtiedBlocks
    from.localWrittenBlocks -= figures.localWrittenBlocks
    from.tempReadBlocks -= figures.tempReadBlocks
    from.tempWrittenBlocks -= figures.tempWrittenBlocks
  },
  isSettled: (figures) =>
    isCount(figures.sharedHitBlocks) &&
    isCount(figures.sharedReadBlocks) &&
    isCount(figures.sharedDirtiedBlocks) &&
    isCount(figures.sharedWrittenBlocks) &&
    isCount(figures.localHitBlocks) &&
    isCount(figures.localReadBlocks) &&
    isCount(figures.localDirtiedBlocks) &&
    isCount(figures.localWrittenBlocks) &&
    isCount(figures.tempReadBlocks) &&
    isCount(figures.tempWrittenBlocks),
}

export const ioTimesUsage: UsageKind<IoTimes> = {
  subtract: (from, figures) => {
    from.sharedReadMs -= figures.sharedReadMs
    from.sharedWriteMs -= figures.sharedWriteMs
    from.localReadMs -= figures.localReadMs
    from.localWriteMs -= figures.localWriteMs
    from.tempReadMs -= figures.tempReadMs
    from.tempWriteMs -= figures.tempWriteMs
  },
  isSettled: (figures) =>
    isCount(figures.sharedReadMs) &&
    isCount(figures.sharedWriteMs) &&
    isCount(figures.localReadMs) &&
    isCount(figures.localWriteMs) &&
    isCount(figures.tempReadMs) &&
    isCount(figures.tempWriteMs),
}

export const walUsage: UsageKind<WalUsage> = {
  subtract: (from, figures) => {
    from.walRecords -= figures.walRecords
    from.walFullPageImages -= figures.walFullPageImages
    from.walBytes -= figures.walBytes
    from.walBuffersFull -= figures.walBuffersFull
  },
  isSettled: (figures) =>
    isCount(figures.walRecords) &&
    isCount(figures.walFullPageImages) &&
    isCount(figures.walBytes) &&
    isCount(figures.walBuffersFull),
}

/** What each node says that it and all below it used, by node id. */
export interface SaidUsage {
  readonly buffers: readonly (BufferBlocks | undefined)[]
  readonly ioTimes: readonly (IoTimes | undefined)[]
  readonly wal: readonly (WalUsage | undefined)[]
}

/** Reads all kinds in one walk: a large plan is more than a processor keeps at hand. */
export function readUsage(tree: readonly TreeNode[]): SaidUsage {
  const ioTimes = tree.map((): IoTimes | undefined => undefined)
  const wal = tree.map((): WalUsage | undefined => undefined)
  const buffers = tree.map(({ id, raw }) => {
    ioTimes[id] = readIoTimes(raw)
    wal[id] = readWal(raw)
    return readBuffers(raw)
  })
  return { buffers, ioTimes, wal }
}

/** One kind of figures for the whole tree. */
export interface TreeUsage<Figures> {
  /** By node id. */
  readonly inclusive: readonly (Figures | undefined)[]
  readonly exclusive: readonly (Figures | undefined)[]
  /** Nodes whose subtraction fell below zero (the server split them otherwise); the figure is 0 there. */
  readonly negativeIds: ReadonlySet<number>
}

const noCharges: readonly Charge[] = []

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
  inclusive: readonly (Figures | undefined)[],
  { subtract, isSettled }: UsageKind<Figures>,
): TreeUsage<Figures> {
  type Field = keyof Figures
  const negativeIds = new Set<number>()
  const sample = inclusive.find((figures) => figures !== undefined)
  if (sample === undefined) return { inclusive, exclusive: inclusive, negativeIds }
  const fields = Object.keys(sample) as Field[]
  /** What a node has left; its inclusive figures themselves until something is taken off. */
  const exclusive: (Figures | undefined)[] = [...inclusive]
  const ownOf = (id: number): Record<Field, number> | undefined => {
    const figures = exclusive[id]
    if (figures === undefined || figures !== inclusive[id]) return figures
    const copy = { ...figures }
    exclusive[id] = copy
    return copy
  }
  const initPlans: number[] = []
  const ctes: number[] = []
  for (const { id, kind } of tree) {
    const child = inclusive[id]
    const payers = charges[id] ?? noCharges
    const first = payers[0]
    if (child === undefined || first === undefined) continue
    if (kind === 'cte') ctes.push(id)
    else if (payers.length > 1) initPlans.push(id)
    else {
      const payer = ownOf(first.nodeId)
      if (payer !== undefined) subtract(payer, child)
    }
  }
  // Where several paid, what each has left tells how much: its own children are off by now.
  for (const childId of [...initPlans, ...ctes]) {
    const child = inclusive[childId]
    const node = tree[childId]
    if (child === undefined || node === undefined) continue
    const ids = (charges[childId] ?? []).map(({ nodeId }) => nodeId)
    const ownsOf = (nodeIds: readonly number[]) =>
      nodeIds.map(ownOf).filter((figures) => figures !== undefined)
    const isCte = node.kind === 'cte'
    const payers = ownsOf(isCte ? ids.filter((id) => tree[id]?.nodeType === 'CTE Scan') : ids)
    const owner = isCte ? ownsOf([node.parentId ?? -1]) : []
    for (const field of fields) {
      const left = share(payers, field, child[field], isCte)
      const unpaid = left > 0 ? share(owner, field, left, false) : 0
      if (unpaid > roundingNoise && node.nodeType !== 'ModifyTable') negativeIds.add(ids[0] ?? childId)
    }
  }
  for (const { id } of tree) {
    const figures = exclusive[id]
    if (figures === undefined || isSettled(figures)) continue
    for (const field of fields) {
      const figure = figures[field]
      if (figure >= 0 && (figures === inclusive[id] || Number.isInteger(figure))) continue
      const own = ownOf(id)
      if (own === undefined) continue
      const left = dropResidue(figure)
      if (left < -roundingNoise) negativeIds.add(id)
      own[field] = Math.max(0, left)
    }
  }
  return { inclusive, exclusive, negativeIds }
}
