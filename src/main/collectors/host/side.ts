import type { Emission } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { FileReader } from './files.ts'
import type { Part } from './part.ts'

/** Parts that are looked at together, at one pace. */
export interface Rhythm {
  readonly parts: readonly Part[]
  /** Only at every so many looks. */
  readonly everyLooks: () => number
}

/** One machine, looked at over and over: all files that are wanted are read together. */
export function createSide(options: {
  readonly reader: FileReader
  readonly rhythms: readonly Rhythm[]
  readonly emit: (emission: Emission) => void
  /** Between looks at the full pace: what the first samples stand for. */
  readonly everyMs: Milliseconds
}): () => Promise<void> {
  const { reader, emit, everyMs } = options
  const rhythms = options.rhythms.map((rhythm) => ({
    ...rhythm,
    dueAt: 0,
    lastAtMs: undefined as EpochMs | undefined,
  }))
  let look = 0

  return async () => {
    const due = rhythms.filter(({ dueAt }) => dueAt <= look)
    look += 1
    const paths = due.flatMap(({ parts }) => parts.flatMap((part) => part.paths()))
    const { texts, atMs } = await reader.read([...new Set(paths)])
    for (const rhythm of due) {
      const every = Math.max(1, rhythm.everyLooks())
      rhythm.dueAt = look - 1 + every
      const samples = rhythm.parts.flatMap((part) => part.take(texts))
      const periodMs = rhythm.lastAtMs === undefined ? every * everyMs : atMs - rhythm.lastAtMs
      rhythm.lastAtMs = atMs
      if (samples.length > 0) emit({ kind: 'metrics', tick: { atMs, periodMs, samples } })
    }
  }
}
