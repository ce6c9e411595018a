import type { WaitClass, WaitSample } from '#shared/waits/index.ts'

/** Wait samples as columns; `kind` points into the few distinct combinations of words. */
export interface PackedSamples {
  readonly atMs: Float64Array
  readonly pid: Int32Array
  readonly kind: Uint32Array
  readonly kinds: readonly SampleKind[]
}

export interface SampleKind {
  readonly role: WaitSample['role']
  readonly state: string
  readonly waitClass: WaitClass
  readonly waitEvent?: string
}

/** Packs samples in the order of time; samples of one tick keep their order. */
export function packSamples(samples: readonly WaitSample[]): PackedSamples {
  const inOrder = isSorted(samples) ? samples : samples.toSorted((a, b) => a.atMs - b.atMs)
  const atMs = new Float64Array(inOrder.length)
  const pid = new Int32Array(inOrder.length)
  const kind = new Uint32Array(inOrder.length)
  const kinds: SampleKind[] = []
  const known = new Map<string, number>()
  for (const [row, sample] of inOrder.entries()) {
    atMs[row] = sample.atMs
    pid[row] = sample.pid
    const { role, state, waitClass, waitEvent } = sample
    const key = `${role}\n${state}\n${waitClass}\n${waitEvent ?? ''}\n${waitEvent === undefined}`
    let index = known.get(key)
    if (index === undefined) {
      index = kinds.length
      known.set(key, index)
      kinds.push({ role, state, waitClass, ...(waitEvent === undefined ? {} : { waitEvent }) })
    }
    kind[row] = index
  }
  return { atMs, pid, kind, kinds }
}

export function unpackSamples({ atMs, pid, kind, kinds }: PackedSamples): readonly WaitSample[] {
  const samples: WaitSample[] = []
  for (const [row, at] of atMs.entries()) {
    const words = kinds[kind[row] ?? -1]
    if (words === undefined) throw new RangeError(`wait sample ${row} has no kind`)
    samples.push({ atMs: at, pid: pid[row] ?? 0, ...words })
  }
  return samples
}

/** Buffers that may be handed over to the other thread instead of copied. */
export function transferOf({ atMs, pid, kind }: PackedSamples): readonly ArrayBuffer[] {
  return [atMs.buffer, pid.buffer, kind.buffer].filter((buffer) => buffer instanceof ArrayBuffer)
}

function isSorted(samples: readonly WaitSample[]): boolean {
  let last = Number.NEGATIVE_INFINITY
  for (const { atMs } of samples) {
    if (atMs < last) return false
    last = atMs
  }
  return true
}
