import type { BufferBlocks, Charge, IoTimes, WalUsage } from '../plan-types.ts'
import { type RawRecord, readNumber } from '../raw.ts'
import type { TreeNode } from './tree.ts'

/** Figures of one kind, all numbers, by field. */
type Counts<Field extends string> = { readonly [field in Field]: number }

/** Where each figure stands in EXPLAIN's output; the first key that is there counts (names changed in 17). */
type Keys<Field extends string> = { readonly [field in Field]: readonly string[] }

const bufferKeys: Keys<keyof BufferBlocks> = {
  sharedHitBlocks: ['Shared Hit Blocks'],
  sharedReadBlocks: ['Shared Read Blocks'],
  sharedDirtiedBlocks: ['Shared Dirtied Blocks'],
  sharedWrittenBlocks: ['Shared Written Blocks'],
  localHitBlocks: ['Local Hit Blocks'],
  localReadBlocks: ['Local Read Blocks'],
  localDirtiedBlocks: ['Local Dirtied Blocks'],
  localWrittenBlocks: ['Local Written Blocks'],
  tempReadBlocks: ['Temp Read Blocks'],
  tempWrittenBlocks: ['Temp Written Blocks'],
}

const ioKeys: Keys<keyof IoTimes> = {
  sharedReadMs: ['Shared I/O Read Time', 'I/O Read Time'],
  sharedWriteMs: ['Shared I/O Write Time', 'I/O Write Time'],
  localReadMs: ['Local I/O Read Time'],
  localWriteMs: ['Local I/O Write Time'],
  tempReadMs: ['Temp I/O Read Time'],
  tempWriteMs: ['Temp I/O Write Time'],
}

const walKeys: Keys<keyof WalUsage> = {
  walRecords: ['WAL Records'],
  walFullPageImages: ['WAL FPI'],
  walBytes: ['WAL Bytes'],
  walBuffersFull: ['WAL Buffers Full'],
}

function reader<Field extends string>(keys: Keys<Field>): (raw: RawRecord) => Counts<Field> | undefined {
  const fields = Object.entries(keys) as [Field, readonly string[]][]
  return (raw) => {
    let seen = false
    const counts = {} as Record<Field, number>
    for (const [field, names] of fields) {
      let value: number | undefined
      for (const name of names) value ??= readNumber(raw, name)
      if (value !== undefined) seen = true
      counts[field] = value ?? 0
    }
    return seen ? counts : undefined
  }
}

/** Blocks of a node, a worker, planning or serialization; undefined without BUFFERS. */
export const readBuffers: (raw: RawRecord) => BufferBlocks | undefined = reader(bufferKeys)
/** I/O times; undefined without track_io_timing. */
export const readIoTimes: (raw: RawRecord) => IoTimes | undefined = reader(ioKeys)
/** WAL figures; undefined without WAL. */
export const readWal: (raw: RawRecord) => WalUsage | undefined = reader(walKeys)

export interface Usage {
  readonly buffers: BufferBlocks | undefined
  readonly ioTimes: IoTimes | undefined
  readonly wal: WalUsage | undefined
}

export interface NodeUsage {
  readonly inclusive: Usage
  readonly exclusive: Usage
  /** True if a subtraction fell below zero (a figure the server split otherwise); the figure is 0 then. */
  readonly negative: boolean
}

export const readUsage = (raw: RawRecord): Usage => ({
  buffers: readBuffers(raw),
  ioTimes: readIoTimes(raw),
  wal: readWal(raw),
})

/**
 * A node's own blocks, I/O time and WAL (plan-semantics, rule 4): its totals minus those of the nodes charged to it.
 * Several readers of one CTE paid for it block by block, and touch no shared blocks of their own: so each pays
 * in proportion to its own figure.
 */
export function computeUsage(
  tree: readonly TreeNode[],
  charges: readonly (readonly Charge[])[],
): readonly NodeUsage[] {
  const inclusive = tree.map((node) => readUsage(node.raw))
  const negative = tree.map(() => false)
  const subtractAll = <Field extends string>(
    pick: (usage: Usage) => Counts<Field> | undefined,
  ): readonly (Counts<Field> | undefined)[] => {
    const own = inclusive.map((usage) => {
      const counts = pick(usage)
      return counts === undefined ? undefined : { ...counts }
    }) as (Record<Field, number> | undefined)[]
    for (const [childId, payers] of charges.entries()) {
      const child = inclusive[childId]
      const counts = child === undefined ? undefined : pick(child)
      if (counts === undefined) continue
      for (const field in counts) {
        if (counts[field] === 0) continue
        let sum = 0
        if (payers.length > 1) for (const { nodeId } of payers) sum += fieldOf(inclusive, pick, nodeId, field)
        for (const { nodeId } of payers) {
          const payer = own[nodeId]
          if (payer === undefined) continue
          const share =
            payers.length === 1 ? 1 : sum === 0 ? 0 : fieldOf(inclusive, pick, nodeId, field) / sum
          payer[field] -= Math.min(counts[field], payers.length === 1 ? counts[field] : sum) * share
        }
      }
    }
    for (const [id, counts] of own.entries()) {
      if (counts === undefined) continue
      for (const field in counts) {
        if (counts[field] >= 0) continue
        if (counts[field] < -0.01) negative[id] = true
        counts[field] = 0
      }
    }
    return own
  }
  const buffers = subtractAll((usage) => usage.buffers)
  const ioTimes = subtractAll((usage) => usage.ioTimes)
  const wal = subtractAll((usage) => usage.wal)
  return inclusive.map((usage, id) => ({
    inclusive: usage,
    exclusive: { buffers: buffers[id], ioTimes: ioTimes[id], wal: wal[id] },
    negative: negative[id] === true,
  }))
}

function fieldOf<Field extends string>(
  usages: readonly Usage[],
  pick: (usage: Usage) => Counts<Field> | undefined,
  id: number,
  field: Field,
): number {
  const usage = usages[id]
  return (usage === undefined ? undefined : pick(usage))?.[field] ?? 0
}
